package io.millrace.group;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// The 64-bit hash XXH3 with its own secret and seed 0, which Kafka remembers of the topics of a
/// group. Described in the specification of xxHash by Yann Collet; short inputs are mixed in one
/// go, longer ones in stripes of 64 bytes into eight lanes.
final class Xxh3 {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] SECRET = HexFormat.of().parseHex("""
            b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f\
            cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c\
            3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8\
            a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364\
            eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e\
            2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e""");

    private static final long P32A = 0x9E3779B1L;
    private static final long P32B = 0x85EBCA77L;
    private static final long P32C = 0xC2B2AE3DL;
    private static final long P64A = 0x9E3779B185EBCA87L;
    private static final long P64B = 0xC2B2AE3D27D4EB4FL;
    private static final long P64C = 0x165667B19E3779F9L;
    private static final long P64D = 0x85EBCA77C2B2AE63L;
    private static final long P64E = 0x27D4EB2F165667C5L;

    private static final int STRIPE = 64;
    private static final int BLOCK = 1024;
    private static final int LAST_SECRET = SECRET.length - STRIPE;

    private Xxh3() {}

    /// Of the first `length` bytes.
    static long hash(byte[] in, int length) {
        if (length <= 16) {
            return upTo16(in, length);
        }
        if (length <= 128) {
            return upTo128(in, length);
        }
        return length <= 240 ? upTo240(in, length) : longer(in, length);
    }

    private static long upTo16(byte[] in, int length) {
        if (length > 8) {
            long low = at(in, 0) ^ secret(24) ^ secret(32);
            long high = at(in, length - 8) ^ secret(40) ^ secret(48);
            return avalanche(length + Long.reverseBytes(low) + high + folded(low, high));
        }
        if (length >= 4) {
            long first = intAt(in, 0);
            long last = intAt(in, length - 4);
            long mixed = last + (first << 32) ^ secret(8) ^ secret(16);
            mixed ^= Long.rotateLeft(mixed, 49) ^ Long.rotateLeft(mixed, 24);
            mixed *= 0x9FB21C651E98DF25L;
            mixed ^= (mixed >>> 35) + length;
            mixed *= 0x9FB21C651E98DF25L;
            return mixed ^ mixed >>> 28;
        }
        if (length == 0) {
            return avalancheOld(secret(56) ^ secret(64));
        }
        long combined = (in[0] & 0xffL) << 16
                | (in[length >> 1] & 0xffL) << 24
                | in[length - 1] & 0xffL
                | (long) length << 8;
        return avalancheOld(combined ^ intAt(SECRET, 0) ^ intAt(SECRET, 4));
    }

    private static long upTo128(byte[] in, int length) {
        long sum = length * P64A;
        for (int i = (length - 1) / 32; i >= 0; i--) {
            sum += mix(in, 16 * i, 32 * i) + mix(in, length - 16 * (i + 1), 32 * i + 16);
        }
        return avalanche(sum);
    }

    private static long upTo240(byte[] in, int length) {
        long sum = length * P64A;
        for (int i = 0; i < 8; i++) {
            sum += mix(in, 16 * i, 16 * i);
        }
        sum = avalanche(sum);
        for (int i = 8; i < length / 16; i++) {
            sum += mix(in, 16 * i, 16 * (i - 8) + 3);
        }
        return avalanche(sum + mix(in, length - 16, 119));
    }

    private static long longer(byte[] in, int length) {
        long[] lanes = {P32C, P64A, P64B, P64C, P64D, P32B, P64E, P32A};
        int blocks = (length - 1) / BLOCK;
        for (int block = 0; block < blocks; block++) {
            for (int stripe = 0; stripe < BLOCK / STRIPE; stripe++) {
                accumulate(lanes, in, block * BLOCK + stripe * STRIPE, stripe * 8);
            }
            scramble(lanes);
        }
        int left = (length - 1 - blocks * BLOCK) / STRIPE;
        for (int stripe = 0; stripe < left; stripe++) {
            accumulate(lanes, in, blocks * BLOCK + stripe * STRIPE, stripe * 8);
        }
        accumulate(lanes, in, length - STRIPE, LAST_SECRET - 7);
        long sum = length * P64A;
        for (int i = 0; i < 4; i++) {
            sum += folded(
                    lanes[2 * i] ^ secret(11 + 16 * i), lanes[2 * i + 1] ^ secret(19 + 16 * i));
        }
        return avalanche(sum);
    }

    private static void accumulate(long[] lanes, byte[] in, int at, int secretAt) {
        for (int i = 0; i < 8; i++) {
            long value = at(in, at + 8 * i);
            long key = value ^ secret(secretAt + 8 * i);
            lanes[i ^ 1] += value;
            lanes[i] += (key & 0xffff_ffffL) * (key >>> 32);
        }
    }

    private static void scramble(long[] lanes) {
        for (int i = 0; i < 8; i++) {
            lanes[i] = (lanes[i] ^ lanes[i] >>> 47 ^ secret(LAST_SECRET + 8 * i)) * P32A;
        }
    }

    private static long mix(byte[] in, int at, int secretAt) {
        return folded(at(in, at) ^ secret(secretAt), at(in, at + 8) ^ secret(secretAt + 8));
    }

    private static long folded(long left, long right) {
        return Math.unsignedMultiplyHigh(left, right) ^ left * right;
    }

    private static long avalanche(long hash) {
        long mixed = (hash ^ hash >>> 37) * 0x165667919E3779F9L;
        return mixed ^ mixed >>> 32;
    }

    private static long avalancheOld(long hash) {
        long mixed = (hash ^ hash >>> 33) * P64B;
        mixed = (mixed ^ mixed >>> 29) * P64C;
        return mixed ^ mixed >>> 32;
    }

    private static long secret(int at) {
        return at(SECRET, at);
    }

    private static long at(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    private static long intAt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at) & 0xffff_ffffL;
    }
}
