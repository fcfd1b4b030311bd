// Written by ForwarderGenerator, which says how to write it again: do not edit.
package org.cabstand.internal.jdbc;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import javax.annotation.processing.Generated;

/**
 * A stream of the driver's that works through its connection: it ends with the use of that.
 *
 * <p>Thread safety: that of the driver's.
 */
@Generated("ForwarderGenerator")
final class OwnedReader extends FilterReader {

    private final ConnectionUse owner;

    OwnedReader(ConnectionUse owner, Reader delegate) {
        super(delegate);
        this.owner = owner;
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
    public void mark(int a) throws IOException {
        OwnedStreams.check(owner);
        try {
            in.mark(a);
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
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
    public int read(char[] a, int b, int c) throws IOException {
        OwnedStreams.check(owner);
        try {
            return in.read(a, b, c);
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
    }

    @Override
    public boolean ready() throws IOException {
        OwnedStreams.check(owner);
        try {
            return in.ready();
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
