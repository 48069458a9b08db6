package io.argosy.apiserver.storage.etcd;

import io.argosy.apiserver.storage.StoreException;
import io.argosy.apiserver.storage.WriteOutcome;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** What etcd's and gRPC's errors mean for the store. */
final class EtcdErrors {

    private EtcdErrors() {}

    static boolean isCompacted(StatusRuntimeException error) {
        return describes(error, "required revision has been compacted");
    }

    static boolean isFuture(StatusRuntimeException error) {
        return describes(error, "required revision is a future revision");
    }

    private static boolean describes(StatusRuntimeException error, String text) {
        String description = error.getStatus().getDescription();
        return description != null && description.contains(text);
    }

    /** A read that failed; it may be repeated. */
    static StoreException read(StatusRuntimeException error) {
        StoreException.Reason reason = switch (error.getStatus().getCode()) {
            case UNAVAILABLE, CANCELLED -> StoreException.Reason.UNAVAILABLE;
            case DEADLINE_EXCEEDED -> StoreException.Reason.TIMEOUT;
            default -> StoreException.Reason.FAILED;
        };
        return new StoreException(reason, text(error.getStatus()), error);
    }

    /** A write that failed: etcd said no, or it is not known whether it was done. It is never sent again. */
    static WriteOutcome write(StatusRuntimeException error) {
        String text = text(error.getStatus());
        return switch (error.getStatus().getCode()) {
            case INVALID_ARGUMENT,
                    PERMISSION_DENIED,
                    UNAUTHENTICATED,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    NOT_FOUND -> new WriteOutcome.Refused(text);
            default -> new WriteOutcome.Unknown(text);
        };
    }

    /** etcd's own words when it answered; else gRPC's, in the form that clients of upstream know. */
    private static String text(Status status) {
        String description = String.valueOf(status.getDescription());
        return description.startsWith("etcdserver: ")
                ? description
                : "rpc error: code = " + status.getCode() + " desc = " + description;
    }
}
