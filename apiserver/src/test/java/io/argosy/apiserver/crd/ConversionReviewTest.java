package io.argosy.apiserver.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConversionReviewTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectValue object(String text) {
        return JsonReader.readObject(bytes(text.replace('\'', '"')));
    }

    private static String failure(String answer) {
        return assertThrows(
                        ConversionReview.Malformed.class,
                        () -> ConversionReview.answer(bytes(answer.replace('\'', '"')), "v1", "u"))
                .why();
    }

    private static final String HEAD = "{'apiVersion':'apiextensions.k8s.io/v1','kind':'ConversionReview'";

    @Test
    void tellsWhatAnAnswerLacks() {
        assertEquals(
                "expected webhook response of apiextensions.k8s.io/v1, Kind=ConversionReview, got /, Kind=",
                failure("{'response':{}}"));
        assertEquals("no response provided", failure(HEAD + "}"));
        assertEquals("expected response.uid=\"u\", got \"x\"", failure(HEAD + ",'response':{'uid':'x'}}"));
        assertEquals("response.result.status was '', not 'Success'", failure(HEAD + ",'response':{'uid':'u'}}"));
        assertEquals(
                "because",
                failure(HEAD + ",'response':{'uid':'u','result':{'status':'Failure','message':'because'}}}"));
    }

    @Test
    void takesTheObjects() throws Exception {
        String answer = HEAD + ",'response':{'uid':'u','result':{'status':'Success'},'convertedObjects':[{'a':1}]}}";
        assertEquals(List.of(object("{'a':1}")), ConversionReview.answer(bytes(answer.replace('\'', '"')), "v1", "u"));
    }

    @Test
    void keepsTheMetadataButLabelsAndAnnotations() {
        ObjectValue original = object("{'apiVersion':'g/v1','kind':'K','metadata':{'name':'a','uid':'1',"
                + "'resourceVersion':'7','labels':{'x':'y'}}}");
        ObjectValue converted = object("{'apiVersion':'g/v2','kind':'K','metadata':{'name':'a','uid':'1',"
                + "'resourceVersion':'9','annotations':{'n':'m'}},'spec':{}}");
        assertEquals(Optional.empty(), ConversionReview.settle(original, converted, "g/v2"));
        assertEquals(
                object("{'apiVersion':'g/v2','kind':'K','metadata':{'name':'a','uid':'1','resourceVersion':'7',"
                        + "'annotations':{'n':'m'}},'spec':{}}"),
                converted);
    }

    @Test
    void tellsWhatMayNotChange() {
        ObjectValue original = object("{'apiVersion':'g/v1','kind':'K','metadata':{'name':'a','uid':'1'}}");
        assertEquals(
                Optional.of("invalid groupVersion (expected g/v2, received g/v1)"),
                ConversionReview.settle(original, original.copy(), "g/v2"));
        assertEquals(
                Optional.of("must have the same name: a != b"),
                ConversionReview.settle(
                        original,
                        object("{'apiVersion':'g/v2','kind':'K','metadata':{'name':'b','uid':'1'}}"),
                        "g/v2"));
    }
}
