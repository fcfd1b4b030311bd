package org.cabstand.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PortInUseIT {

    @Test
    void theMessageSaysWhichPortAndWhatToDo() throws IOException, InterruptedException {
        Path log = Path.of("target", "quickstart-port-in-use.log");
        try (ServerSocket other = new ServerSocket(0)) {
            Process launcher = RunningQuickstart.launch(other.getLocalPort(), log, Map.of());
            try {
                assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(launcher.exitValue()).isEqualTo(1);
                assertThat(Files.readString(log))
                        .contains("Port " + other.getLocalPort() + " is in use")
                        .contains("-Dquickstart.port=");
            } finally {
                launcher.destroyForcibly();
            }
        }
    }
}
