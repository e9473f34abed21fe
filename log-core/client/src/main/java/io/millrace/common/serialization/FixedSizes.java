package io.millrace.common.serialization;

/// Sizes of what the built-in serializers of numbers write.
final class FixedSizes {
    private FixedSizes() {}

    /// Bytes an element has, or -1 when that varies.
    static int of(Object serializerOrDeserializer) {
        return switch (serializerOrDeserializer) {
            case ShortSerializer s -> Short.BYTES;
            case ShortDeserializer s -> Short.BYTES;
            case IntegerSerializer s -> Integer.BYTES;
            case IntegerDeserializer s -> Integer.BYTES;
            case FloatSerializer s -> Float.BYTES;
            case FloatDeserializer s -> Float.BYTES;
            case LongSerializer s -> Long.BYTES;
            case LongDeserializer s -> Long.BYTES;
            case DoubleSerializer s -> Double.BYTES;
            case DoubleDeserializer s -> Double.BYTES;
            case UUIDSerializer s -> 36;
            case UUIDDeserializer s -> 36;
            default -> -1;
        };
    }
}
