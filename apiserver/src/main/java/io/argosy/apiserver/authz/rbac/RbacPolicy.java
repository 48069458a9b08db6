package io.argosy.apiserver.authz.rbac;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The roles and bindings of the cluster, parsed once per change and indexed by subject.
 *
 * <p>Changes come from one thread per resource; questions from any thread, and see each change whole. The cost of a
 * question is that of the user's own bindings, not of all.
 */
public final class RbacPolicy {

    /** A rule that a user has. Reasons are texts for the audit log. */
    record Grant(Binding binding, int subject, List<PolicyRule> rules) {}

    private record Entry(Binding binding, int subject) {}

    private static final class Section {
        final Map<String, Binding> bindings = new HashMap<>();
        final Map<Subject, List<Entry>> bySubject = new ConcurrentHashMap<>();

        synchronized void put(Binding binding) {
            remove(binding.key().name());
            bindings.put(binding.key().name(), binding);
            for (int i = 0; i < binding.subjects().size(); i++) {
                Entry entry = new Entry(binding, i);
                bySubject.merge(binding.subjects().get(i), List.of(entry), Section::join);
            }
        }

        private static List<Entry> join(List<Entry> first, List<Entry> second) {
            List<Entry> both = new ArrayList<>(first);
            both.addAll(second);
            return List.copyOf(both);
        }

        synchronized void remove(String name) {
            Binding old = bindings.remove(name);
            if (old == null) {
                return;
            }
            for (Subject subject : old.subjects()) {
                bySubject.computeIfPresent(subject, (_, entries) -> without(entries, old));
            }
        }

        private static @Nullable List<Entry> without(List<Entry> entries, Binding old) {
            List<Entry> rest = entries.stream()
                    .filter(entry -> !entry.binding().equals(old))
                    .toList();
            return rest.isEmpty() ? null : rest;
        }
    }

    private final Map<ObjectKey, List<PolicyRule>> roles = new ConcurrentHashMap<>();
    private final Map<String, Section> sections = new ConcurrentHashMap<>();

    /** A Role, or a ClusterRole when the key has no namespace. */
    public void putRole(ObjectKey key, ObjectValue role) {
        roles.put(key, PolicyRule.readAll(role));
    }

    public void removeRole(ObjectKey key) {
        roles.remove(key);
    }

    /** A RoleBinding, or a ClusterRoleBinding when the key has no namespace. */
    public void putBinding(ObjectKey key, ObjectValue binding) {
        sections.computeIfAbsent(key.namespace(), _ -> new Section()).put(Binding.read(key, binding));
    }

    public void removeBinding(ObjectKey key) {
        Section section = sections.get(key.namespace());
        if (section != null) {
            section.remove(key.name());
        }
    }

    /** The rules of a role; empty when there is no such role. */
    public Optional<List<PolicyRule>> rulesOf(boolean clusterRole, String name, String namespace) {
        return Optional.ofNullable(roles.get(new ObjectKey(clusterRole ? "" : namespace, name)));
    }

    /** What a user holds in a namespace, or cluster-wide when the namespace is empty. */
    List<Grant> grants(UserInfo user, String namespace) {
        List<Grant> grants = new ArrayList<>();
        collect(grants, sections.get(""), user);
        if (!namespace.isEmpty()) {
            collect(grants, sections.get(namespace), user);
        }
        return grants;
    }

    private void collect(List<Grant> grants, @Nullable Section section, UserInfo user) {
        if (section == null) {
            return;
        }
        collect(grants, section, Subject.user(user));
        for (String group : user.groups()) {
            collect(grants, section, Subject.group(group));
        }
    }

    private void collect(List<Grant> grants, Section section, Subject subject) {
        for (Entry entry : section.bySubject.getOrDefault(subject, List.of())) {
            Binding binding = entry.binding();
            List<PolicyRule> rules = rulesOf(
                            binding.clusterRole(), binding.role(), binding.key().namespace())
                    .orElse(List.of());
            if (!rules.isEmpty()) {
                grants.add(new Grant(binding, entry.subject(), rules));
            }
        }
    }

    /** All rules that a user holds in a namespace, and cluster-wide. */
    public List<PolicyRule> rulesFor(UserInfo user, String namespace) {
        return grants(user, namespace).stream()
                .flatMap(grant -> grant.rules().stream())
                .toList();
    }

    /** The roles a user's bindings name that do not exist; reviews tell them. */
    public List<String> missingRoles(UserInfo user, String namespace) {
        List<String> missing = new ArrayList<>();
        for (String place : namespace.isEmpty() ? List.of("") : List.of("", namespace)) {
            Section section = sections.get(place);
            if (section == null) {
                continue;
            }
            List<Subject> subjects = new ArrayList<>(List.of(Subject.user(user)));
            user.groups().forEach(group -> subjects.add(Subject.group(group)));
            for (Subject subject : subjects) {
                for (Entry entry : section.bySubject.getOrDefault(subject, List.of())) {
                    Binding binding = entry.binding();
                    if (rulesOf(binding.clusterRole(), binding.role(), place).isEmpty()) {
                        String kind = binding.clusterRole() ? "clusterrole" : "role";
                        missing.add(kind + ".rbac.authorization.k8s.io \"" + binding.role() + "\" not found");
                    }
                }
            }
        }
        return missing;
    }
}
