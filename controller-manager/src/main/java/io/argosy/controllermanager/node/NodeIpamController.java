package io.argosy.controllermanager.node;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.Patch;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives each node a range of addresses for its pods, one of each family that the cluster has. */
public final class NodeIpamController implements Controller {

    private final ControllerContext context;
    private final Informer<Node> nodes;
    private final List<CidrPool> pools = new ArrayList<>();
    private final ReconcileLoop<ObjectKey> loop;

    /**
     * @param clusterCidrs ranges to cut from
     * @param serviceCidrs ranges that Services have, which nodes must not get
     */
    public NodeIpamController(
            ControllerContext context, List<String> clusterCidrs, List<String> serviceCidrs, int maskV4, int maskV6) {
        this.context = context;
        for (String range : clusterCidrs) {
            CidrPool pool = new CidrPool(range, range.indexOf(':') >= 0 ? maskV6 : maskV4);
            serviceCidrs.forEach(pool::occupy);
            pools.add(pool);
        }
        nodes = context.informers().informer(Node.class);
        loop = context.loop("cidrallocator_node", 1, this::reconcile);
        nodes.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Node node, boolean initial) {
                occupy(node);
                loop.add(new ObjectKey("", node.getMetadata().getName()));
            }

            @Override
            public void updated(Node before, Node after) {
                occupy(after);
                if (cidrs(after).isEmpty()) {
                    loop.add(new ObjectKey("", after.getMetadata().getName()));
                }
            }

            @Override
            public void deleted(Node last) {
                synchronized (pools) {
                    cidrs(last).forEach(range -> pools.forEach(pool -> pool.release(range)));
                }
            }
        });
    }

    private static List<String> cidrs(Node node) {
        return node.getSpec() == null || node.getSpec().getPodCIDRs() == null
                ? List.of()
                : node.getSpec().getPodCIDRs();
    }

    private void occupy(Node node) {
        synchronized (pools) {
            cidrs(node).forEach(range -> pools.forEach(pool -> pool.occupy(range)));
        }
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<Node> found = nodes.get(key);
        if (found.isEmpty() || !cidrs(found.get()).isEmpty()) {
            return Outcome.DONE;
        }
        List<String> ranges = new ArrayList<>();
        synchronized (pools) {
            for (CidrPool pool : pools) {
                pool.take().ifPresent(ranges::add);
            }
            if (ranges.size() < pools.size()) {
                ranges.forEach(range -> pools.forEach(pool -> pool.release(range)));
                ranges.clear();
            }
        }
        if (ranges.isEmpty()) {
            context.events()
                    .normal(found.get(), "CIDRNotAvailable", "Node " + key.name() + " status is now: CIDRNotAvailable");
            return Outcome.retry("no range is left");
        }
        try {
            Map<String, Object> change = Map.of(
                    "metadata",
                    Map.of("uid", found.get().getMetadata().getUid()),
                    "spec",
                    Map.of("podCIDR", ranges.getFirst(), "podCIDRs", ranges));
            context.client().resource(Node.class).patch(key, Patch.strategic(change));
        } catch (RuntimeException e) {
            synchronized (pools) {
                ranges.forEach(range -> pools.forEach(pool -> pool.release(range)));
            }
            throw e;
        }
        return Outcome.DONE;
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
