package org.cabstand;

import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A recording of JDK Flight Recorder. */
abstract class FlightRecorderFixture {
    static final String CREATE = "cabstand.ConnectionCreate";
    static final String EVICTION = "cabstand.ConnectionEviction";

    final Recording recording = new Recording();

    @TempDir private Path directory;

    @BeforeEach
    void startRecording() {
        recording.start();
    }

    @AfterEach
    void endRecording() {
        recording.close();
    }

    List<RecordedEvent> recorded(String name) throws Exception {
        Path file = directory.resolve(name + ".jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }
}
