package io.argosy.apiserver.flowcontrol;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps flow control as the cluster's objects say, tells in flow schemas whether their priority level is there, and lends
 * seats between levels from time to time.
 */
public final class FlowFollowing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlowFollowing.class);
    private static final Duration LEND_EVERY = Duration.ofSeconds(10);
    private static final String DANGLING = "Dangling";

    private final ClusterObjects objects;
    private final FlowControl control;
    private final InstantSource clock;
    private final Thread lending;
    private AutoCloseable schemas = () -> {};
    private AutoCloseable levels = () -> {};

    public FlowFollowing(ClusterObjects objects, FlowControl control, InstantSource clock, ThreadFactory threads) {
        this.objects = objects;
        this.control = control;
        this.clock = clock;
        this.lending = threads.newThread(this::lend);
    }

    /** Returns when all objects were seen once. */
    public void start() {
        levels = objects.follow(Resources.PRIORITY_LEVELS, new ClusterObjects.Follower() {
            @Override
            public void present(ObjectValue level) {
                control.put(LevelSettings.of(level));
                tellSchemasOf(name(level));
            }

            @Override
            public void absent(ObjectValue last) {
                control.removeLevel(name(last));
                tellSchemasOf(name(last));
            }
        });
        schemas = objects.follow(Resources.FLOW_SCHEMAS, new ClusterObjects.Follower() {
            @Override
            public void present(ObjectValue schema) {
                control.put(FlowSchema.of(schema));
                tell(schema);
            }

            @Override
            public void absent(ObjectValue last) {
                control.removeSchema(name(last));
            }
        });
        lending.start();
    }

    private static String name(ObjectValue object) {
        return object.string("metadata", "name").orElse("");
    }

    private void tellSchemasOf(String level) {
        objects.list(Resources.FLOW_SCHEMAS, "").stream()
                .filter(schema -> FlowSchema.of(schema).level().equals(level))
                .forEach(this::tell);
    }

    private void tell(ObjectValue schema) {
        String level = FlowSchema.of(schema).level();
        ObjectValue condition = condition(level, control.hasLevel(level));
        if (says(schema, condition)) {
            return;
        }
        try {
            objects.update(Resources.FLOW_SCHEMAS, "", name(schema), stored -> {
                if (!says(stored, condition)) {
                    condition.put("lastTransitionTime", ApiTime.format(clock.instant()));
                    put(stored, condition);
                }
                return stored;
            });
        } catch (ApiException e) {
            LOG.info("flow schema is not told of its level schema={} reason={}", name(schema), e.message());
        }
    }

    static ObjectValue condition(String level, boolean found) {
        String object = "This FlowSchema references the PriorityLevelConfiguration object named \"" + level + "\" ";
        return new ObjectValue()
                .put("type", DANGLING)
                .put("status", found ? "False" : "True")
                .put("reason", found ? "Found" : "NotFound")
                .put("message", object + (found ? "and it exists" : "but there is no such object"));
    }

    private static boolean says(ObjectValue schema, ObjectValue wanted) {
        return schema.array("status", "conditions").stream()
                .flatMap(ArrayValue::objects)
                .anyMatch(condition -> List.of("type", "status", "reason", "message").stream()
                        .allMatch(field -> condition.string(field).equals(wanted.string(field))));
    }

    private static void put(ObjectValue schema, ObjectValue condition) {
        List<Value> conditions =
                schema.objectOrNew("status").arrayOrNew("conditions").items();
        conditions.removeIf(other -> other instanceof ObjectValue object
                && object.string("type").orElse("").equals(DANGLING));
        conditions.add(condition);
    }

    private void lend() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(LEND_EVERY);
                control.lend();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws Exception {
        lending.interrupt();
        schemas.close();
        levels.close();
    }
}
