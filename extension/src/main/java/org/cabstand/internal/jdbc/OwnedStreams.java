package org.cabstand.internal.jdbc;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.FilterReader;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.SQLException;

/**
 * Streams of the driver that read or write through its connection: they end with the use of it.
 *
 * <p>Thread safety: that of the driver's streams.
 */
final class OwnedStreams {

    private OwnedStreams() {}

    private static void check(ConnectionUse owner) throws IOException {
        SQLException ended = owner.endedFor("stream");
        if (ended != null) {
            throw new IOException(ended.getMessage(), ended);
        }
    }

    private static boolean isOver(ConnectionUse owner) {
        return owner.endedFor("stream") != null;
    }

    private static IOException failed(ConnectionUse owner, IOException error) {
        if (error.getCause() instanceof SQLException cause) {
            owner.failed(cause);
        }
        return error;
    }

    /** Of bytes, to read. */
    static final class In extends FilterInputStream {

        private final ConnectionUse owner;

        In(ConnectionUse owner, InputStream delegate) {
            super(delegate);
            this.owner = owner;
        }

        @Override
        public int read() throws IOException {
            check(owner);
            try {
                return in.read();
            } catch (IOException e) {
                throw failed(owner, e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            check(owner);
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                throw failed(owner, e);
            }
        }

        @Override
        public long skip(long count) throws IOException {
            check(owner);
            return in.skip(count);
        }

        @Override
        public int available() throws IOException {
            check(owner);
            return in.available();
        }

        @Override
        public void close() throws IOException {
            if (!isOver(owner)) {
                in.close();
            }
        }
    }

    /** Of characters, to read. */
    static final class CharsIn extends FilterReader {

        private final ConnectionUse owner;

        CharsIn(ConnectionUse owner, Reader delegate) {
            super(delegate);
            this.owner = owner;
        }

        @Override
        public int read() throws IOException {
            check(owner);
            try {
                return in.read();
            } catch (IOException e) {
                throw failed(owner, e);
            }
        }

        @Override
        public int read(char[] characters, int offset, int length) throws IOException {
            check(owner);
            try {
                return in.read(characters, offset, length);
            } catch (IOException e) {
                throw failed(owner, e);
            }
        }

        @Override
        public long skip(long count) throws IOException {
            check(owner);
            return in.skip(count);
        }

        @Override
        public void close() throws IOException {
            if (!isOver(owner)) {
                in.close();
            }
        }
    }

    /** Of bytes, to write. */
    static final class Out extends FilterOutputStream {

        private final ConnectionUse owner;

        Out(ConnectionUse owner, OutputStream delegate) {
            super(delegate);
            this.owner = owner;
        }

        @Override
        public void write(int value) throws IOException {
            check(owner);
            try {
                out.write(value);
            } catch (IOException e) {
                throw failed(owner, e);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            check(owner);
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw failed(owner, e);
            }
        }

        @Override
        public void flush() throws IOException {
            check(owner);
            out.flush();
        }

        @Override
        public void close() throws IOException {
            check(owner); // what is not written yet would go to another's session
            out.close();
        }
    }

    /** Of characters, to write. */
    static final class CharsOut extends FilterWriter {

        private final ConnectionUse owner;

        CharsOut(ConnectionUse owner, Writer delegate) {
            super(delegate);
            this.owner = owner;
        }

        @Override
        public void write(int value) throws IOException {
            check(owner);
            try {
                out.write(value);
            } catch (IOException e) {
                throw failed(owner, e);
            }
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            check(owner);
            try {
                out.write(characters, offset, length);
            } catch (IOException e) {
                throw failed(owner, e);
            }
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            check(owner);
            try {
                out.write(text, offset, length);
            } catch (IOException e) {
                throw failed(owner, e);
            }
        }

        @Override
        public void flush() throws IOException {
            check(owner);
            out.flush();
        }

        @Override
        public void close() throws IOException {
            check(owner);
            out.close();
        }
    }
}
