package io.argosy.apiserver.openapi;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of a request beside its body.
 *
 * @param place {@code query} or {@code path}
 */
record Parameter(String name, String place, String type, String description) {

    private static final Map<String, Parameter> QUERY = byName(
            query("allowWatchBookmarks", "boolean", "A watch may tell by BOOKMARK events how far it has come."),
            query("continue", "string", "Where the list before this one ended, as its metadata says."),
            query("fieldSelector", "string", "Only objects whose fields have these values."),
            query("labelSelector", "string", "Only objects whose labels match."),
            query("limit", "integer", "How many objects a list has at most; the rest is asked for with continue."),
            query("resourceVersion", "string", "How new the answer must be, or what it follows."),
            query("resourceVersionMatch", "string", "How resourceVersion is meant: Exact or NotOlderThan."),
            query("sendInitialEvents", "boolean", "A watch begins with an event for each object that is there."),
            query("shardSelector", "string", "Only objects whose hash lies in a range."),
            query("timeoutSeconds", "integer", "How long a list or watch may take."),
            query("watch", "boolean", "Tell what changes, instead of what is there."),
            query("dryRun", "string", "All: do everything but store."),
            query("fieldManager", "string", "Who sets the fields; needed to apply."),
            query("fieldValidation", "string", "What becomes of unknown and duplicate fields: Ignore, Warn or Strict."),
            query("force", "boolean", "Apply: take over fields that others set."),
            query("gracePeriodSeconds", "integer", "How long the object may take to go."),
            query(
                    "ignoreStoreReadErrorWithClusterBreakingPotential",
                    "boolean",
                    "Delete an object that cannot be read, whatever that breaks."),
            query("orphanDependents", "boolean", "Deprecated: say Orphan as propagationPolicy."),
            query("propagationPolicy", "string", "What becomes of dependents: Orphan, Background or Foreground."),
            query("pretty", "string", "Indent the answer."),
            query("command", "string", "What to run, one parameter a word."),
            query("container", "string", "In which container; by default in the only one."),
            query("stderr", "boolean", "Connect the standard error stream."),
            query("stdin", "boolean", "Connect the standard input stream."),
            query("stdout", "boolean", "Connect the standard output stream."),
            query("tty", "boolean", "Give the process a terminal."),
            query("ports", "integer", "Which ports to forward."),
            query("path", "string", "Where the request goes behind the proxy."),
            query("follow", "boolean", "Go on while the container writes."),
            query("insecureSkipTLSVerifyBackend", "boolean", "Do not check who the kubelet is."),
            query("limitBytes", "integer", "How many bytes to read at most."),
            query("previous", "boolean", "Of the container that ended before this one."),
            query("sinceSeconds", "integer", "Only what was written in the last seconds."),
            query("stream", "string", "Which stream to read: All, Stdout or Stderr."),
            query("tailLines", "integer", "Only the last lines."),
            query("timestamps", "boolean", "Begin each line with its time."));

    static final List<String> LIST = List.of(
            "allowWatchBookmarks",
            "continue",
            "fieldSelector",
            "labelSelector",
            "limit",
            "resourceVersion",
            "resourceVersionMatch",
            "sendInitialEvents",
            "shardSelector",
            "timeoutSeconds",
            "watch");
    static final List<String> DELETE = List.of(
            "dryRun",
            "gracePeriodSeconds",
            "ignoreStoreReadErrorWithClusterBreakingPotential",
            "orphanDependents",
            "propagationPolicy");
    static final List<String> DELETE_COLLECTION = Stream.concat(
                    DELETE.stream(),
                    LIST.stream().filter(name -> !name.equals("watch") && !name.equals("allowWatchBookmarks")))
            .toList();
    static final List<String> WRITE = List.of("dryRun", "fieldManager", "fieldValidation");
    static final List<String> PATCH = List.of("dryRun", "fieldManager", "fieldValidation", "force");
    static final List<String> LOG = List.of(
            "container",
            "follow",
            "insecureSkipTLSVerifyBackend",
            "limitBytes",
            "previous",
            "sinceSeconds",
            "stream",
            "tailLines",
            "timestamps");

    static Parameter query(String name) {
        Parameter parameter = QUERY.get(name);
        if (parameter == null) {
            throw new IllegalStateException("no parameter " + name);
        }
        return parameter;
    }

    static Parameter path(String name, String description) {
        return new Parameter(name, "path", "string", description);
    }

    /** What the connecting subresources take. */
    static List<String> ofConnection(String optionsKind) {
        return switch (optionsKind) {
            case "PodExecOptions" -> List.of("command", "container", "stderr", "stdin", "stdout", "tty");
            case "PodAttachOptions" -> List.of("container", "stderr", "stdin", "stdout", "tty");
            case "PodPortForwardOptions" -> List.of("ports");
            default -> List.of("path");
        };
    }

    ObjectValue write(Dialect dialect) {
        ObjectValue written = new ObjectValue()
                .put("description", description)
                .put("in", place)
                .put("name", name);
        if (place.equals("path")) {
            written.put("required", true);
        }
        if (dialect == Dialect.V2) {
            return written.put("type", type).put("uniqueItems", true);
        }
        return written.put("schema", new ObjectValue().put("type", type).put("uniqueItems", true));
    }

    private static Parameter query(String name, String type, String description) {
        return new Parameter(name, "query", type, description);
    }

    private static Map<String, Parameter> byName(Parameter... parameters) {
        return Stream.of(parameters).collect(Collectors.toUnmodifiableMap(Parameter::name, parameter -> parameter));
    }
}
