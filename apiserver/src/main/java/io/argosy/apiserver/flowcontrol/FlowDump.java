package io.argosy.apiserver.flowcontrol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How flow control stands, as tables for people: the documents below {@code /debug/api_priority_and_fairness}. */
public final class FlowDump {

    private static final int NARROWEST = 8;

    private final FlowControl control;

    public FlowDump(FlowControl control) {
        this.control = control;
    }

    public byte[] priorityLevels() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "PriorityLevelName",
                "ActiveQueues",
                "IsIdle",
                "IsQuiescing",
                "WaitingRequests",
                "ExecutingRequests",
                "DispatchedRequests",
                "RejectedRequests",
                "TimedoutRequests",
                "CancelledRequests"));
        control.levels().forEach((name, level) -> {
            FairQueues.State state = level.state();
            FairQueues.Counts counts = level.counts();
            lines.add(cells(
                    name,
                    state.activeQueues(),
                    state.idle(),
                    false,
                    state.waiting(),
                    state.running(),
                    counts.dispatched(),
                    counts.rejected(),
                    counts.timedOut(),
                    counts.cancelled()));
        });
        return table(lines);
    }

    public byte[] queues() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "PriorityLevelName",
                "Index",
                "PendingRequests",
                "ExecutingRequests",
                "SeatsInUse",
                "NextDispatchR",
                "InitialSeatsSum",
                "MaxSeatsSum",
                "TotalWorkSum"));
        control.levels()
                .forEach((name, level) -> level.queueStates()
                        .forEach(queue -> lines.add(cells(
                                name,
                                queue.index(),
                                queue.waiting(),
                                queue.running(),
                                queue.usedSeats(),
                                seconds(queue.next()),
                                queue.queuedSeats(),
                                queue.queuedSeats(),
                                seconds(queue.queuedSeats() * FairQueues.EXPECTED_SECONDS)))));
        return table(lines);
    }

    public byte[] requests() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "PriorityLevelName",
                "FlowSchemaName",
                "QueueIndex",
                "RequestIndexInQueue",
                "FlowDistingsher",
                "ArriveTime",
                "InitialSeats",
                "FinalSeats",
                "AdditionalLatency",
                "StartTime"));
        control.levels()
                .forEach((name, level) -> level.requestStates().forEach(request -> {
                    FairQueues.Ticket ticket = request.ticket();
                    lines.add(cells(
                            name,
                            ticket.schema(),
                            request.queue(),
                            request.place(),
                            ticket.flow(),
                            ticket.arrived(),
                            ticket.width(),
                            0,
                            "0s",
                            request.place() < 0 ? ticket.arrived() : ""));
                }));
        return table(lines);
    }

    /** Virtual time. */
    private static String seconds(double time) {
        return String.format(Locale.ROOT, "%.8fss", time);
    }

    private static List<String> cells(Object... cells) {
        return List.of(cells).stream().map(String::valueOf).toList();
    }

    /** Each column as wide as its widest cell. */
    static byte[] table(List<List<String>> lines) {
        int columns = lines.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], Math.max(NARROWEST, line.get(i).length() + 2));
            }
        }
        StringBuilder table = new StringBuilder();
        for (List<String> line : lines) {
            for (int i = 0; i < columns - 1; i++) {
                String cell = line.get(i) + ",";
                table.append(cell).append(" ".repeat(widths[i] - cell.length()));
            }
            table.append(line.getLast()).append('\n');
        }
        return table.toString().getBytes(StandardCharsets.UTF_8);
    }
}
