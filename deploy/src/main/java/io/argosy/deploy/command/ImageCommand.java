package io.argosy.deploy.command;

import io.argosy.deploy.image.ContainerdImages;
import io.argosy.deploy.node.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Container images on this node. */
@Command(
        name = "image",
        description = "Container images on this node.",
        mixinStandardHelpOptions = true,
        subcommands = {ImageCommand.Import.class, ImageCommand.ListImages.class})
final class ImageCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        new picocli.CommandLine(this).usage(System.out);
        return ExitCodes.USAGE;
    }

    /** Imports archives made by {@code docker save} or in the OCI layout. */
    @Command(
            name = "import",
            description = "Import image archives (docker save, OCI).",
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {

        @Parameters(arity = "1..*", paramLabel = "FILE")
        private List<Path> files = List.of();

        @Override
        public Integer call() throws Exception {
            Layout layout = Installation.layout();
            Progress progress = new Progress(System.out);
            ContainerdImages images = new ContainerdImages(layout.containerdSocket());
            for (Path file : files) {
                if (!Files.isReadable(file)) {
                    throw Failure.of("Cannot read " + file);
                }
                progress.step("Imported " + file.getFileName(), () -> String.join(" ", images.importArchive(file)));
            }
            return ExitCodes.OK;
        }
    }

    /** Lists what containerd has. */
    @Command(name = "list", description = "List the images of this node.", mixinStandardHelpOptions = true)
    static final class ListImages implements Callable<Integer> {

        @Override
        public Integer call() {
            new ContainerdImages(Installation.layout().containerdSocket())
                    .names()
                    .forEach(System.out::println);
            return ExitCodes.OK;
        }
    }
}
