package io.argosy.kubeproxy.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The difference of two rulesets as one nft transaction: what is new first, then what refers to it, what is old last. */
public final class RulesetChange {

    private final Ruleset before;
    private final Ruleset after;
    private final String table;
    private final StringBuilder out = new StringBuilder();

    private RulesetChange(Ruleset before, Ruleset after) {
        this.before = before;
        this.after = after;
        this.table = after.family() + " " + Ruleset.TABLE;
    }

    /** A transaction that makes {@code after} of {@code before}; empty when they are equal. */
    public static String between(Ruleset before, Ruleset after) {
        if (before.equals(after)) {
            return "";
        }
        return new RulesetChange(before, after).text();
    }

    /** A transaction that puts {@code after} in place of whatever the kernel has: no packet sees a moment without rules. */
    public static String anew(Ruleset after) {
        String table = after.family() + " " + Ruleset.TABLE;
        return "add table " + table + "\ndelete table " + table + "\nadd table " + table
                + " { comment \"rules for kube-proxy\"; }\n"
                + new RulesetChange(Ruleset.empty(after.family()), after).text();
    }

    private String text() {
        addContainers();
        addChains();
        changeElements();
        deleteChains();
        deleteContainers();
        return out.toString();
    }

    private void addContainers() {
        after.containers().forEach((name, container) -> {
            if (!before.containers().containsKey(name)) {
                line("add " + container.kind() + " " + table + " " + name + " { " + container.body() + " }");
            }
        });
    }

    private void addChains() {
        List<Map.Entry<String, Ruleset.Chain>> changed = new ArrayList<>();
        for (Map.Entry<String, Ruleset.Chain> chain : after.chains().entrySet()) {
            Ruleset.Chain former = before.chains().get(chain.getKey());
            if (former == null) {
                String hook = chain.getValue().hook();
                line("add chain " + table + " " + chain.getKey() + (hook.isEmpty() ? "" : " { " + hook + " }"));
                changed.add(chain);
            } else if (!former.equals(chain.getValue())) {
                line("flush chain " + table + " " + chain.getKey());
                changed.add(chain);
            }
        }
        for (Map.Entry<String, Ruleset.Chain> chain : changed) {
            chain.getValue().rules().forEach(rule -> line("add rule " + table + " " + chain.getKey() + " " + rule));
        }
    }

    private void changeElements() {
        for (String container : before.elements().keySet()) {
            Map<String, String> wanted = after.elementsOf(container);
            before.elementsOf(container).forEach((key, value) -> {
                if (after.containers().containsKey(container) && !value.equals(wanted.get(key))) {
                    element("delete", container, key, value);
                }
            });
        }
        for (String container : after.elements().keySet()) {
            Map<String, String> present = before.elementsOf(container);
            after.elementsOf(container).forEach((key, value) -> {
                if (!value.equals(present.get(key))) {
                    element("add", container, key, value);
                }
            });
        }
    }

    private void element(String verb, String container, String key, String value) {
        String mapped = value.isEmpty() ? "" : " : " + value;
        line(verb + " element " + table + " " + container + " { " + key + mapped + " }");
    }

    private void deleteChains() {
        List<String> gone = before.chains().keySet().stream()
                .filter(name -> !after.chains().containsKey(name))
                .toList();
        gone.forEach(name -> line("flush chain " + table + " " + name));
        gone.forEach(name -> line("delete chain " + table + " " + name));
    }

    private void deleteContainers() {
        before.containers().forEach((name, container) -> {
            if (!after.containers().containsKey(name)) {
                line("delete " + container.kind() + " " + table + " " + name);
            }
        });
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
