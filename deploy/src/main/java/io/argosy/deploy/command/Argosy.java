package io.argosy.deploy.command;

import io.argosy.daemon.logging.Logging;
import io.argosy.daemon.logging.LoggingConfig;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code argosy} command. */
@Command(
        name = "argosy",
        description = "Kubernetes clusters on this machine.",
        mixinStandardHelpOptions = true,
        version = "argosy 1.36.0 (Kubernetes v1.36)",
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            ResetCommand.class,
            KubeconfigCommand.class,
            ImageCommand.class
        })
public final class Argosy implements Runnable {

    @Option(names = "--debug", description = "Show stack traces of errors.", scope = CommandLine.ScopeType.INHERIT)
    private boolean debug;

    public static void main(String[] arguments) {
        Logging.install(LoggingConfig.standard());
        Argosy argosy = new Argosy();
        CommandLine command = new CommandLine(argosy);
        command.setExecutionExceptionHandler((failure, line, _) -> argosy.tell(failure, line));
        command.setParameterExceptionHandler((mistake, _) -> {
            mistake.getCommandLine().getErr().println(" ✗ " + mistake.getMessage());
            mistake.getCommandLine()
                    .getErr()
                    .println("   Fix:  " + mistake.getCommandLine().getCommandName() + " --help");
            return ExitCodes.USAGE;
        });
        System.exit(command.execute(arguments));
    }

    private int tell(Exception failure, CommandLine line) {
        if (failure instanceof Failure told) {
            told.print(line.getErr());
        } else {
            line.getErr().println(" ✗ " + failure.getMessage());
        }
        if (debug) {
            failure.printStackTrace(line.getErr());
        }
        return failure instanceof Failure told ? told.exitCode() : ExitCodes.FAILED;
    }

    @Override
    public void run() {
        new CommandLine(this).usage(System.out);
    }
}
