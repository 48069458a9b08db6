package io.argosy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnswersTest {

    @Test
    void leavesOutWhatIsEachServersOwn() {
        assertEquals(
                read(
                        "{\"metadata\":{\"name\":\"a\",\"uid\":\"1\",\"managedFields\":[{\"time\":\"x\",\"manager\":\"m\"}]}}"),
                read(
                        "{\"metadata\":{\"name\":\"a\",\"uid\":\"2\",\"managedFields\":[{\"time\":\"y\",\"manager\":\"m\"}]}}"));
    }

    @Test
    void seesWhatDiffers() {
        assertNotEquals(read("{\"items\":[{\"a\":1}]}"), read("{\"items\":[{\"a\":2}]}"));
    }

    private static JsonNode read(String json) {
        return Answers.comparable(JsonMapper.shared().readTree(json));
    }
}
