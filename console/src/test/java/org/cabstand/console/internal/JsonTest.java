package org.cabstand.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void valuesBecomeWhatTheyAre() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", 1L);
        json.put("flag", true);
        json.put("nothing", null);
        json.put("at", Instant.EPOCH);
        json.put("list", Arrays.asList("a", 2, null, List.of(), Map.of()));

        assertThat(Json.of(json))
                .isEqualTo(
                        "{\"number\":1,\"flag\":true,\"nothing\":null,\"at\":\"1970-01-01T00:00:00Z\","
                                + "\"list\":[\"a\",2,null,[],{}]}");
    }

    @Test
    void textMayHoldAnything() {
        assertThat(Json.of("\"\\\n\u0000\u2028ü\uD800"))
                .isEqualTo("\"\\\"\\\\\\u000a\\u0000\\u2028ü\\ud800\"");
        assertThat(Json.of("🚕")).isEqualTo("\"\\ud83d\\ude95\"");
    }
}
