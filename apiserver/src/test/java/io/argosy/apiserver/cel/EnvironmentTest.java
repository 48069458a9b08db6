package io.argosy.apiserver.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cel.common.types.SimpleType;
import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    private static final Environment ENVIRONMENT = Environment.of(Map.of("object", SimpleType.DYN), Map.of());

    private static final ObjectValue OBJECT = JsonReader.readObject("""
            {"name":"x","nums":[1,2,3],"half":1.5,"nothing":null,"ip":"10.0.0.1","at":"2024-01-01T00:00:00Z","map":{"a":1}}
            """.getBytes(StandardCharsets.UTF_8));

    private static Outcome evaluate(String text) {
        Expression expression = ENVIRONMENT.compile(text, List.of());
        return expression.evaluate(Map.of("object", TreeValues.of(OBJECT)), Budget.ofPolicy());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "object.name == 'x' && object.nums.all(n, n > 0)",
                "object.nothing == null && !has(object.missing)",
                "object.half == 1.5 && object.nums[0] == 1.0",
                "object.?missing.orValue(3) == 3",
                "object.map == {'a': 1} && 'a' in object.map",
                "object.nums.indexOf(3) == 2 && [1, 2, 1].lastIndexOf(1) == 2",
                "object.name.indexOf('x') == 0 && 'h\u00e4hx'.lastIndexOf('h') == 2",
                "[1, 2].sum() == 3 && object.nums.max() == 3 && ['b', 'a'].min() == 'a' && ![2, 1].isSorted()",
                "ip(object.ip).family() == 4 && isIP('::1') && !isIP('::ffff:1.2.3.4') && !isIP('1.2.3.04')",
                "string(ip('0:0::1')) == '::1' && ip.isCanonical('::1') && !ip.isCanonical('0::1')",
                "cidr('10.0.0.0/8').containsIP(object.ip) && cidr('10.0.0.0/8').containsIP(ip('10.1.1.1'))",
                "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && cidr('10.1.0.0/8').masked() == cidr('10.0.0.0/8')",
                "ip('fe80::1').isLinkLocalUnicast() && ip('8.8.8.8').isGlobalUnicast() && ip('127.0.0.1').isLoopback()",
                "quantity('1') == quantity('1000m') && quantity('1Gi').isGreaterThan(quantity('1G'))",
                "quantity('1Ki').add(1).asInteger() == 1025 && !isQuantity('1x')",
                "semver('1.2.3').isLessThan(semver('1.10.0')) && semver('1.0.0-a').isLessThan(semver('1.0.0'))",
                "semver('v1.2', true).minor() == 2 && !isSemver('1.2') && isSemver('01.2', true)",
                "url('https://a.b:80/x?y=1&y=2').getPort() == '80' && isURL('/a') && !isURL('a')",
                "url('https://[::1]:80/x').getHostname() == '::1' && url('https://a/?y=1&y=2').getQuery()['y'] == ['1', '2']",
                "'a1b2'.findAll('[0-9]') == ['1', '2'] && 'a1b2'.findAll('[0-9]', 1) == ['1'] && 'ab'.find('c') == ''",
                "'%s %d %.2f %x %b'.format([dyn('a'), dyn(3), dyn(1.5), dyn(255), dyn(5)]) == 'a 3 1.50 ff 101'",
                "format.dns1123Label().validate('A').hasValue() && !format.named('uuid').value().validate('"
                        + "00000000-0000-0000-0000-000000000000').hasValue()",
                "jsonpatch.escapeKey('a/b~c') == 'a~1b~0c'",
                "sets.contains([1, 2], [1]) && [3, 1].sort() == [1, 3] && object.nums.all(i, v, v == i + 1)",
                "timestamp(object.at).getFullYear() == 2024 && duration('61s') > duration('1m')",
                "[ip(object.ip)].exists(i, string(i) == object.ip) && string(1) == '1'"
            })
    void holds(String text) {
        assertEquals(new Outcome.Result(true), evaluate(text), text);
    }

    private static String failure(String text) {
        return assertInstanceOf(Outcome.Failed.class, evaluate(text)).why();
    }

    @Test
    void tellsWhatWentWrong() {
        assertEquals("expression 'object.foo' resulted in error: no such key: foo", failure("object.foo"));
        assertEquals(
                "expression 'object.nums[7]' resulted in error: index out of bounds: 7", failure("object.nums[7]"));
        assertEquals("expression '1/0' resulted in error: division by zero", failure("1/0"));
        assertEquals("expression 'object.half + 1' resulted in error: no such overload", failure("object.half + 1"));
        assertTrue(failure("ip('zz')").contains("IP Address \"zz\" parse error"));
        assertEquals(
                "compilation error: compilation failed: ERROR: <input>:1:1: undeclared reference to 'foo' (in container '')\n"
                        + " | foo.bar\n | ^",
                failure("foo.bar"));
    }

    @Test
    void tellsWrongTypes() {
        assertEquals(
                "must evaluate to bool but got string",
                ENVIRONMENT.compile("'a'", List.of(SimpleType.BOOL)).error().orElseThrow());
        assertEquals(
                "must evaluate to one of [bool null_type] but got string",
                ENVIRONMENT
                        .compile("'a'", List.of(SimpleType.BOOL, SimpleType.NULL_TYPE))
                        .error()
                        .orElseThrow());
    }

    @Test
    void endsWhatCostsTooMuch() {
        Expression expression = ENVIRONMENT.compile(
                "object.nums.all(a, object.nums.all(b, object.nums.all(c, a + b + c < 30000000)))", List.of());
        ObjectValue large = new ObjectValue();
        ArrayValue numbers = large.arrayOrNew("nums");
        for (int i = 0; i < 300; i++) {
            numbers.add(Value.of(i));
        }
        Outcome outcome = expression.evaluate(Map.of("object", TreeValues.of(large)), Budget.ofPolicy());
        assertTrue(assertInstanceOf(Outcome.Failed.class, outcome).why().endsWith("actual cost limit exceeded"));
        Budget budget = Budget.ofMatchConditions();
        expression.evaluate(Map.of("object", TreeValues.of(large)), budget);
        expression.evaluate(Map.of("object", TreeValues.of(large)), budget);
        assertInstanceOf(
                Outcome.OutOfBudget.class, expression.evaluate(Map.of("object", TreeValues.of(large)), budget));
    }
}
