// Written by ForwarderGenerator, which says how to write it again: do not edit.
package org.cabstand.internal.jdbc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.annotation.processing.Generated;

/**
 * A stream of the driver's that works through its connection: it ends with the use of that.
 *
 * <p>Thread safety: that of the driver's.
 */
@Generated("ForwarderGenerator")
final class OwnedInputStream extends FilterInputStream {

    private final ConnectionUse owner;

    OwnedInputStream(ConnectionUse owner, InputStream delegate) {
        super(delegate);
        this.owner = owner;
    }

    @Override
    public int available() throws IOException {
        OwnedStreams.check(owner);
        try {
            return in.available();
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (OwnedStreams.isOver(owner)) {
            return;
        }
        try {
            in.close();
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
    }

    @Override
    public void mark(int a) {
        in.mark(a);
    }

    @Override
    public boolean markSupported() {
        return in.markSupported();
    }

    @Override
    public int read() throws IOException {
        OwnedStreams.check(owner);
        try {
            return in.read();
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
    }

    @Override
    public int read(byte[] a) throws IOException {
        OwnedStreams.check(owner);
        try {
            return in.read(a);
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
    }

    @Override
    public int read(byte[] a, int b, int c) throws IOException {
        OwnedStreams.check(owner);
        try {
            return in.read(a, b, c);
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
    }

    @Override
    public void reset() throws IOException {
        OwnedStreams.check(owner);
        try {
            in.reset();
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
    }

    @Override
    public long skip(long a) throws IOException {
        OwnedStreams.check(owner);
        try {
            return in.skip(a);
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
    }
}
