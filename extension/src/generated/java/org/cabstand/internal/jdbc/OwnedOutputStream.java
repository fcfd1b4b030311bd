// Written by ForwarderGenerator, which says how to write it again: do not edit.
package org.cabstand.internal.jdbc;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import javax.annotation.processing.Generated;

/**
 * A stream of the driver's that works through its connection: it ends with the use of that.
 *
 * <p>Thread safety: that of the driver's.
 */
@Generated("ForwarderGenerator")
final class OwnedOutputStream extends FilterOutputStream {

    private final ConnectionUse owner;

    OwnedOutputStream(ConnectionUse owner, OutputStream delegate) {
        super(delegate);
        this.owner = owner;
    }

    @Override
    public void close() throws IOException {
        OwnedStreams.check(owner);
        try {
            out.close();
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
    }

    @Override
    public void flush() throws IOException {
        OwnedStreams.check(owner);
        try {
            out.flush();
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
    }

    @Override
    public void write(byte[] a) throws IOException {
        OwnedStreams.check(owner);
        try {
            out.write(a);
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
    }

    @Override
    public void write(byte[] a, int b, int c) throws IOException {
        OwnedStreams.check(owner);
        try {
            out.write(a, b, c);
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
    }

    @Override
    public void write(int a) throws IOException {
        OwnedStreams.check(owner);
        try {
            out.write(a);
        } catch (IOException e) {
            throw OwnedStreams.failed(owner, e);
        }
    }
}
