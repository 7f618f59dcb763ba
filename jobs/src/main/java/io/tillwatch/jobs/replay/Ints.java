package io.tillwatch.jobs.replay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads ints out of bytes. */
final class Ints {

    private static final VarHandle BIG_ENDIAN = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Ints() {}

    static int at(byte[] bytes, int index) {
        return (int) BIG_ENDIAN.get(bytes, index);
    }
}
