package org.cabstand.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What docs/kubernetes.md shows is YAML, and says what its text promises. */
class KubernetesPageTest {

    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static Stream<Map<String, Object>> documents() throws IOException {
        String page = Files.readString(Path.of("../docs/kubernetes.md"));
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        return BLOCK.matcher(page)
                .results()
                .map(block -> new Yaml(new SafeConstructor(strict)).load(block.group(1)));
    }

    static Stream<Map<String, Object>> deployments() throws IOException {
        return documents().filter(document -> document.get("kind").equals("Deployment"));
    }

    @Test
    void thereIsADeploymentForEachOfTheThreeServersAndASecret() throws IOException {
        assertThat(
                        documents()
                                .map(
                                        document ->
                                                document.get("apiVersion")
                                                        + "/"
                                                        + document.get("kind")))
                .containsExactly(
                        "v1/Secret",
                        "apps/v1/Deployment",
                        "apps/v1/Deployment",
                        "apps/v1/Deployment");
        assertThat(deployments().map(document -> at(document, "metadata", "name").toString()))
                .containsExactly("orders-wildfly", "orders-payara", "orders-liberty");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void itsParts(Map<String, Object> deployment) {
        assertThat(at(deployment, "spec", "selector", "matchLabels"))
                .isEqualTo(at(deployment, "spec", "template", "metadata", "labels"));
        Object container = at(deployment, "spec", "template", "spec", "containers", 0);
        List<?> ports = (List<?>) at(container, "ports");
        for (String probe : new String[] {"startup", "readiness", "liveness"}) {
            Object port = at(container, probe + "Probe", "httpGet", "port");
            assertThat(ports.stream().map(each -> at(each, "name"))).as(probe).contains(port);
        }
        assertThat(at(container, "readinessProbe", "httpGet", "path")).isEqualTo("/health/ready");
        assertThat(at(container, "volumeMounts", 0, "name"))
                .isEqualTo(at(deployment, "spec", "template", "spec", "volumes", 0, "name"));
        int waiting =
                Integer.parseInt(
                        (String) at(container, "lifecycle", "preStop", "exec", "command", 1));
        assertThat(
                        (Integer)
                                at(
                                        deployment,
                                        "spec",
                                        "template",
                                        "spec",
                                        "terminationGracePeriodSeconds"))
                .as("longer than preStop and drain-timeout")
                .isGreaterThan(waiting + 5);
    }

    private static Object at(Object document, Object... path) {
        Object value = document;
        for (Object step : path) {
            value =
                    step instanceof Integer index
                            ? ((List<?>) value).get(index)
                            : ((Map<?, ?>) value).get(step);
            assertThat(value).as(String.valueOf(step)).isNotNull();
        }
        return value;
    }
}
