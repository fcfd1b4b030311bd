package org.cabstand.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which SQLite files can only be read. */
class SqliteFileTest {

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "jdbc:sqlite:x.db,,false",
        "jdbc:sqlite:file:x.db?mode=ro,,true",
        "jdbc:sqlite:file:x.db?cache=shared&mode=ro,,true",
        "jdbc:sqlite:file:x.db?mode=rw,,false",
        "jdbc:sqlite:file:x.db?mode=rwc,,false",
        "jdbc:sqlite:file:x.db?immutable=1,,true",
        "jdbc:sqlite:file:x.db?immutable=0,,false",
        "jdbc:sqlite:x.db?open_mode=1,,true",
        "jdbc:sqlite:x.db?open_mode=6,,false",
        "jdbc:sqlite:x.db,1,true",
        "jdbc:sqlite:x.db,65,true",
        "jdbc:sqlite:x.db,6,false",
        "jdbc:sqlite:x.db,nonsense,false",
        "jdbc:sqlite::memory:,,false",
        "jdbc:sqlite:,,false",
        "jdbc:sqlite::resource:x.db,,false"
    })
    void urlAndPropertySayIt(String url, String openMode, boolean readOnly) {
        Map<String, String> properties =
                openMode == null ? Map.of() : Map.of("open_mode", openMode);
        assertThat(SqliteFile.isReadOnly(url, properties)).isEqualTo(readOnly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:", "file://", "file://localhost"})
    void soDoesAFileSystemThatCannotBeWrittenTo(String before) throws IOException {
        Path file = Files.createFile(directory.resolve("a b+c.db"));
        String path = before.isEmpty() ? file.toString() : file.toString().replace(" ", "%20");
        String url = "jdbc:sqlite:" + before + path;
        assertThat(SqliteFile.isReadOnly(url, Map.of(), any -> true)).isFalse();
        assertThat(SqliteFile.isReadOnly(url, Map.of(), any -> false)).isTrue();
        assertThat(SqliteFile.isReadOnly(url, Map.of(), any -> any.equals(file))).isTrue();
        assertThat(SqliteFile.isReadOnly(url, Map.of(), directory::equals)).isTrue();
    }

    @Test
    void aFileThatIsNotThereIsCreated() {
        String url = "jdbc:sqlite:" + directory.resolve("new.db");
        assertThat(SqliteFile.isReadOnly(url, Map.of(), any -> false)).isFalse();
    }
}
