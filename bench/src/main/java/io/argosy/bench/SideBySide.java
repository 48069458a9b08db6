package io.argosy.bench;

import io.argosy.client.transport.EventLoops;
import io.argosy.client.transport.Transport;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Two servers under the same work, in turns (A B, B A, A B, ...), as rows of Markdown tables. */
final class SideBySide {

    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final int LOADERS = 8;

    private final Plan plan;
    private final Arm reference;
    private final Arm measured;
    private final EventLoops loops;
    private final PrintStream out;

    /**
     * What is asked for.
     *
     * @param pods in the corpus
     * @param starts of each server
     * @param rounds pairs of blocks of each work
     * @param block length of a block
     * @param warmUp each server works through all works for so long before figures are taken
     * @param workers at once
     * @param watchers in the watch blocks
     */
    record Plan(int pods, int starts, int rounds, Duration block, Duration warmUp, int workers, int watchers) {}

    /** A server and its state of the run. */
    private record Arm(ServerUnderTest server, Writes writes, AtomicInteger numbers) {

        List<Work> works(Corpus corpus) {
            List<Work> works = new ArrayList<>(Reads.all(corpus));
            works.addAll(writes.all());
            return works;
        }
    }

    SideBySide(Plan plan, ServerUnderTest reference, ServerUnderTest measured, EventLoops loops, PrintStream out) {
        Corpus corpus = new Corpus(plan.pods());
        this.plan = plan;
        this.reference = new Arm(reference, new Writes(corpus), new AtomicInteger());
        this.measured = new Arm(measured, new Writes(corpus), new AtomicInteger());
        this.loops = loops;
        this.out = out;
    }

    void run() throws IOException, InterruptedException, ConfigurationException {
        out.printf(
                "| | %s | %s | ratio |%n|---|---|---|---|%n",
                reference.server().name(), measured.server().name());
        starts("start to `/readyz`, empty etcd");
        Clock.system().sleep(IDLE);
        memory("resident, idle");
        load();
        memory("resident, after creating the pods");
        sameAnswers();
        works(plan.warmUp(), 1, _ -> {});
        works(plan.block(), plan.rounds(), out::println);
        watches();
        memory("resident, after this work");
        peaks();
        stop();
        starts("start to `/readyz`, with the pods");
    }

    private void stop() throws InterruptedException {
        reference.server().stop();
        measured.server().stop();
    }

    private void starts(String name) throws IOException, InterruptedException, ConfigurationException {
        List<Double> referenceWall = new ArrayList<>();
        List<Double> referenceCpu = new ArrayList<>();
        List<Double> measuredWall = new ArrayList<>();
        List<Double> measuredCpu = new ArrayList<>();
        for (int round = 0; round < plan.starts(); round++) {
            stop();
            start(reference, referenceWall, referenceCpu);
            reference.server().stop();
            start(measured, measuredWall, measuredCpu);
        }
        reference.server().start(loops);
        out.println(new Comparison(name, "s", referenceWall, measuredWall).row());
        out.println(new Comparison(name + ", CPU", "s", referenceCpu, measuredCpu).row());
    }

    private void start(Arm arm, List<Double> wall, List<Double> cpu)
            throws IOException, InterruptedException, ConfigurationException {
        ServerUnderTest.Start start = arm.server().start(loops);
        wall.add(start.wall().toNanos() / 1e9);
        cpu.add(start.cpu().toNanos() / 1e9);
    }

    private void memory(String name) throws IOException {
        out.println(new Comparison(
                        name,
                        "MiB",
                        List.of(mebibytes(reference.server().figures().resident())),
                        List.of(mebibytes(measured.server().figures().resident())))
                .row());
    }

    private void peaks() throws IOException {
        out.println(new Comparison(
                        "resident, the most until here",
                        "MiB",
                        List.of(mebibytes(reference.server().figures().peak())),
                        List.of(mebibytes(measured.server().figures().peak())))
                .row());
    }

    private static double mebibytes(long bytes) {
        return bytes / 1048576.0;
    }

    private void load() throws IOException, InterruptedException, ConfigurationException {
        Corpus corpus = new Corpus(plan.pods());
        List<Double> costs = new ArrayList<>();
        for (Arm arm : List.of(reference, measured)) {
            Duration before = arm.server().figures().cpu();
            try (Transport transport = arm.server().connect(loops);
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                corpus.prepare(transport);
                AtomicInteger next = new AtomicInteger();
                List<Future<?>> loaders = new ArrayList<>();
                for (int loader = 0; loader < LOADERS; loader++) {
                    loaders.add(threads.submit(() -> {
                        for (int pod = next.getAndIncrement(); pod < corpus.pods(); pod = next.getAndIncrement()) {
                            Corpus.must(
                                    transport,
                                    Corpus.create(Corpus.namespace(pod), Corpus.name(pod), Corpus.node(pod)));
                        }
                        return null;
                    }));
                }
                for (Future<?> loader : loaders) {
                    loader.get();
                }
            } catch (ExecutionException e) {
                throw new IOException("the pods could not be created", e.getCause());
            }
            costs.add(arm.server().figures().cpu().minus(before).toNanos() / 1e6 / corpus.pods());
        }
        out.println(new Comparison(
                        "create each of the first pods, CPU", "ms", List.of(costs.getFirst()), List.of(costs.getLast()))
                .row());
    }

    private void sameAnswers() throws IOException, InterruptedException, ConfigurationException {
        try (Transport one = reference.server().connect(loops);
                Transport other = measured.server().connect(loops)) {
            Optional<String> difference = Answers.difference(one, other);
            if (difference.isPresent()) {
                throw new IOException("the servers do not answer the same: " + difference.get());
            }
        }
    }

    /** Takes the rows. */
    private interface Rows {
        void row(String row);
    }

    private void works(Duration length, int rounds, Rows rows)
            throws IOException, InterruptedException, ConfigurationException {
        Corpus corpus = new Corpus(plan.pods());
        List<Work> referenceWorks = reference.works(corpus);
        List<Work> measuredWorks = measured.works(corpus);
        for (int index = 0; index < referenceWorks.size(); index++) {
            List<Block> referenceBlocks = new ArrayList<>();
            List<Block> measuredBlocks = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                boolean referenceFirst = round % 2 == 0;
                if (referenceFirst) {
                    referenceBlocks.add(block(reference, referenceWorks.get(index), length));
                }
                measuredBlocks.add(block(measured, measuredWorks.get(index), length));
                if (!referenceFirst) {
                    referenceBlocks.add(block(reference, referenceWorks.get(index), length));
                }
            }
            String name = referenceWorks.get(index).name();
            Comparison comparison = new Comparison(
                    name,
                    "ms",
                    referenceBlocks.stream().map(Block::cpuMillis).toList(),
                    measuredBlocks.stream().map(Block::cpuMillis).toList());
            rows.row(comparison.row() + rates(rate(referenceBlocks), rate(measuredBlocks)));
        }
    }

    private static String rates(double reference, double measured) {
        return String.format(Locale.ROOT, " %.1f/s | %.1f/s |", reference, measured);
    }

    private static double rate(List<Block> blocks) {
        return Comparison.median(blocks.stream().map(Block::perSecond).toList());
    }

    private Block block(Arm arm, Work work, Duration length)
            throws IOException, InterruptedException, ConfigurationException {
        return Block.run(arm.server(), work, plan.workers(), length, arm.numbers(), loops);
    }

    private void watches() throws IOException, InterruptedException, ConfigurationException {
        List<WatchBlock> referenceBlocks = new ArrayList<>();
        List<WatchBlock> measuredBlocks = new ArrayList<>();
        for (int round = 0; round < plan.rounds(); round++) {
            referenceBlocks.add(watch(reference));
            measuredBlocks.add(watch(measured));
        }
        Comparison comparison = new Comparison(
                "an event to one of " + plan.watchers() + " watchers, with the write",
                "µs",
                referenceBlocks.stream().map(WatchBlock::cpuMicros).toList(),
                measuredBlocks.stream().map(WatchBlock::cpuMicros).toList());
        out.println(comparison.row()
                + rates(
                        Comparison.median(referenceBlocks.stream()
                                .map(WatchBlock::perSecond)
                                .toList()),
                        Comparison.median(measuredBlocks.stream()
                                .map(WatchBlock::perSecond)
                                .toList())));
        missing(reference, referenceBlocks);
        missing(measured, measuredBlocks);
    }

    private WatchBlock watch(Arm arm) throws IOException, InterruptedException, ConfigurationException {
        Work create = arm.writes().all().getFirst();
        return WatchBlock.run(
                arm.server(), create, plan.watchers(), plan.workers(), plan.block(), arm.numbers(), loops);
    }

    private void missing(Arm arm, List<WatchBlock> blocks) {
        long lost = blocks.stream()
                .mapToLong(block -> block.expected() - block.delivered())
                .sum();
        int ended = blocks.stream().mapToInt(WatchBlock::ended).sum();
        out.printf(
                "%n%s: %d events did not come, %d watches were cut off.%n",
                arm.server().name(), lost, ended);
    }
}
