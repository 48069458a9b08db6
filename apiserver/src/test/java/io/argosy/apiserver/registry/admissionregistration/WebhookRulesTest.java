package io.argosy.apiserver.registry.admissionregistration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookRulesTest {

    private static final String GOOD = """
            metadata: {name: conf}
            webhooks:
            - name: a.example.com
              admissionReviewVersions: [v1]
              sideEffects: None
              timeoutSeconds: 10
              clientConfig: {service: {name: s, namespace: n, port: 443, path: /x}}
              rules: [{operations: [CREATE], apiGroups: [''], apiVersions: [v1], resources: [pods]}]
            """;

    private static ObjectValue read(String text) {
        return (ObjectValue) YamlReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> errors(String from, String to) {
        String text = GOOD.replace(from, to);
        if (!from.isEmpty() && text.equals(GOOD)) {
            throw new AssertionError(from + " is not there");
        }
        return WebhookRules.WEBHOOKS.errors(read(text)).stream()
                .map(FieldError::toString)
                .toList();
    }

    @Test
    void takesWhatIsRight() {
        assertEquals(List.of(), errors("", ""));
    }

    @Test
    void tellsWhatIsWrong() {
        assertEquals(
                List.of("webhooks[0].name: Invalid value: \"a\": should be a domain with at least three segments"
                        + " separated by dots"),
                errors("a.example.com", "a"));
        assertEquals(
                List.of("webhooks[0].sideEffects: Unsupported value: \"Some\": supported values: \"None\","
                        + " \"NoneOnDryRun\""),
                errors("sideEffects: None", "sideEffects: Some"));
        assertEquals(
                List.of("webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30"
                        + " seconds"),
                errors("timeoutSeconds: 10", "timeoutSeconds: 31"));
        assertEquals(
                List.of("webhooks[0].clientConfig: Required value: exactly one of url or service is required"),
                errors("{service", "{url: 'https://a', service"));
        assertEquals(
                List.of("webhooks[0].clientConfig.service.path: Invalid value: \"//\": segment[0] may not be empty"),
                errors("path: /x", "path: //"));
        assertEquals(
                List.of("webhooks[0].rules[0].resources: Invalid value: [\"pods\",\"*/*\"]: if '*/*' is present, must"
                        + " not specify other resources"),
                errors("[pods]", "[pods, '*/*']"));
        assertEquals(
                List.of("webhooks[0].admissionReviewVersions: Invalid value: [\"v9\"]: must include at least one of v1,"
                        + " v1beta1"),
                errors("[v1]\n  sideEffects", "[v9]\n  sideEffects"));
        assertEquals(
                List.of("webhooks[0].rules[0].operations[0]: Unsupported value: \"READ\": supported values: \"*\","
                        + " \"CONNECT\", \"CREATE\", \"DELETE\", \"UPDATE\""),
                errors("[CREATE]", "[READ]"));
    }

    @Test
    void compilesMatchConditions() {
        assertEquals(
                List.of("webhooks[0].matchConditions[0].expression: Invalid value: \"nope\": compilation failed: ERROR:"
                        + " <input>:1:1: undeclared reference to 'nope' (in container '')\n | nope\n | ^"),
                errors("timeoutSeconds: 10", "matchConditions: [{name: c, expression: nope}]"));
        assertEquals(
                List.of("webhooks[0].matchConditions[0].expression: Invalid value: \"'a'\": must evaluate to bool but"
                        + " got string"),
                errors("timeoutSeconds: 10", "matchConditions: [{name: c, expression: \"'a'\"}]"));
    }

    @Test
    void keepsWhatWasThereBeforeTheRules() {
        ObjectValue old = read(GOOD.replace("sideEffects: None", "sideEffects: Some"));
        assertEquals(List.of(), WebhookRules.WEBHOOKS.errors(old.copy(), old));
    }
}
