package io.argosy.apiserver.admission.policy;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.admission.Reinvocations;
import io.argosy.apiserver.admission.expression.MatchConditions.Verdict;
import io.argosy.apiserver.admission.matching.Exempt;
import io.argosy.apiserver.admission.policy.Selection.Choice;
import io.argosy.apiserver.cel.Budget;
import io.argosy.apiserver.cel.Outcome;
import io.argosy.apiserver.cel.PatchTypes;
import io.argosy.apiserver.cel.TreeValues;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.patch.JsonPatch;
import io.argosy.apiserver.patch.PatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows the MutatingAdmissionPolicies that are about a request; each sees what those before it made. */
final class MutatingPolicies implements AdmissionPlugin {

    private static final String GROUP = "admissionregistration.k8s.io";

    private final PolicyStore<MutatingPolicy> policies = new PolicyStore<>(MutatingPolicy::of);
    private final Selection selection;

    MutatingPolicies(Selection selection) {
        this.selection = selection;
    }

    List<AutoCloseable> follow(ClusterObjects objects) {
        return policies.follow(
                objects,
                new GroupResource(GROUP, "mutatingadmissionpolicies"),
                new GroupResource(GROUP, "mutatingadmissionpolicybindings"));
    }

    @Override
    public String name() {
        return "MutatingAdmissionPolicy";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation != Operation.DELETE;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (Exempt.is(request)) {
            return;
        }
        if (!policies.ready()) {
            throw Refusals.notReady(request);
        }
        List<PolicyStore.Bound<MutatingPolicy>> all = policies.all();
        if (all.isEmpty()) {
            return;
        }
        Reinvocations reinvocations = request.rounds().memory(name(), Reinvocations.class, Reinvocations::new);
        if (request.rounds().isSecond()) {
            reinvocations.arrive(request.object());
        }
        List<String> refusals = new ArrayList<>();
        for (Choice<MutatingPolicy> choice : selection.choose(request, all, MutatingPolicy::head)) {
            Optional<String> why = switch (choice) {
                case Choice.Broken<MutatingPolicy> broken -> Optional.of(broken.why());
                case Choice.Follow<MutatingPolicy> follow -> follow(request, follow, reinvocations);
            };
            if (why.isPresent() && !choice.policy().head().ignoresFailures()) {
                refusals.add(denied(choice, why.get()));
            }
        }
        reinvocations.leave(request.object());
        if (!refusals.isEmpty()) {
            ApiException plain = Refusals.forbidden(request, "");
            throw new ApiException(
                    403,
                    "Invalid",
                    refusals.getFirst(),
                    ValidatingPolicies.caused(plain.details(), refusals.getFirst()));
        }
    }

    private static String denied(Choice<MutatingPolicy> choice, String why) {
        String policy = choice.policy().head().name();
        Optional<Binding> binding = switch (choice) {
            case Choice.Broken<MutatingPolicy> broken -> broken.binding();
            case Choice.Follow<MutatingPolicy> follow -> Optional.of(follow.binding());
        };
        return binding.map(
                        known -> "policy '" + policy + "' with binding '" + known.name() + "' denied request: " + why)
                .orElse("policy \"" + policy + "\" denied request: " + why);
    }

    /** What went wrong, if anything. */
    private Optional<String> follow(
            AdmissionRequest request, Choice.Follow<MutatingPolicy> follow, Reinvocations reinvocations) {
        MutatingPolicy policy = follow.policy();
        switch (policy.head().conditions().judge(selection.inputs(request, follow.form(), follow.param()))) {
            case Verdict.Holds _ -> {}
            case Verdict.Excluded _ -> {
                return Optional.empty();
            }
            case Verdict.Unclear(String why) -> {
                return Optional.of(why);
            }
        }
        String id = policy.head().name() + "/" + follow.binding().name() + "/"
                + follow.param()
                        .map(param -> param.string("metadata", "namespace").orElse("") + "/"
                                + param.string("metadata", "name").orElse(""))
                        .orElse("");
        if (request.object().isEmpty() || (request.rounds().isSecond() && !reinvocations.isDue(id))) {
            return Optional.empty();
        }
        ObjectValue before = request.object().get().copy();
        Optional<String> wrong = Optional.empty();
        for (MutatingPolicy.Mutation mutation : policy.mutations()) {
            Optional<String> why = step(request, follow, mutation);
            wrong = wrong.or(() -> why);
        }
        if (!before.equals(request.object().get())) {
            reinvocations.changed();
            request.rounds().wantSecond();
        }
        if (policy.reinvoked()) {
            reinvocations.asked(id);
        }
        return wrong;
    }

    private Optional<String> step(
            AdmissionRequest request, Choice.Follow<MutatingPolicy> follow, MutatingPolicy.Mutation mutation) {
        Budget budget = Budget.ofPolicy();
        Map<String, Object> inputs =
                follow.policy().composition().compose(selection.inputs(request, follow.form(), follow.param()), budget);
        return switch (mutation.expression().evaluate(inputs, budget)) {
            case Outcome.Failed(String why, String _) -> Optional.of(why);
            case Outcome.OutOfBudget _ -> Optional.of(Outcome.OutOfBudget.WORDS);
            case Outcome.Result(Object value) -> {
                try {
                    ObjectValue object = selection
                            .converted(request.object(), request, follow.form())
                            .orElseThrow();
                    ObjectValue changed = switch (mutation) {
                        case MutatingPolicy.Mutation.Apply _ -> applied(object, value, follow);
                        case MutatingPolicy.Mutation.Patch _ -> patched(object, value);
                    };
                    put(request, follow, changed);
                    yield Optional.empty();
                } catch (PolicyConfigurationException e) {
                    yield Optional.of(e.message());
                }
            }
        };
    }

    private ObjectValue applied(ObjectValue object, Object value, Choice.Follow<MutatingPolicy> follow)
            throws PolicyConfigurationException {
        Optional<String> misplaced = PatchTypes.misplaced(value, "Object");
        if (misplaced.isPresent()) {
            throw new PolicyConfigurationException("type mismatch: " + misplaced.get());
        }
        if (!(tree(value) instanceof ObjectValue configuration)) {
            throw new PolicyConfigurationException("unsupported return type from ApplyConfiguration expression");
        }
        try {
            return selection
                    .versions()
                    .merge(object, configuration, follow.form().kind());
        } catch (ApiException e) {
            throw new PolicyConfigurationException("error applying patch: " + e.message());
        }
    }

    private static Value tree(Object value) throws PolicyConfigurationException {
        try {
            return TreeValues.toTree(value);
        } catch (IllegalArgumentException e) {
            throw new PolicyConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    /** A test that fails leaves the object as it is. */
    private static ObjectValue patched(ObjectValue object, Object value) throws PolicyConfigurationException {
        if (!(tree(value) instanceof ArrayValue operations)) {
            throw new PolicyConfigurationException("type mismatch: JSONPatchType.expression should evaluate to array");
        }
        try {
            return JsonPatch.apply(object, operations);
        } catch (PatchException e) {
            String why = String.valueOf(e.getMessage());
            if (why.startsWith("testing ") || why.contains("test failed")) {
                return object;
            }
            throw new PolicyConfigurationException("JSON Patch: " + why);
        } catch (ApiException e) {
            throw new PolicyConfigurationException("JSON Patch: " + e.message());
        }
    }

    private void put(AdmissionRequest request, Choice.Follow<MutatingPolicy> follow, ObjectValue changed) {
        ObjectValue settled = changed.copy();
        selection.versions().settle(settled, follow.form().kind());
        ObjectValue result = follow.form().kind().equals(request.kind())
                ? settled
                : selection.versions().convert(settled, follow.form().kind(), request.kind());
        ObjectValue object = request.object().orElseThrow();
        List.copyOf(object.names()).forEach(object::remove);
        result.fields().forEach(object::put);
    }
}
