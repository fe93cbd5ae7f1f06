/// One metadata value of a GGUF file.
///
/// Source: the GGUF specification, "gguf_metadata_value_t".
public enum GGUFValue: Sendable, Equatable {
    case uint8(UInt8)
    case int8(Int8)
    case uint16(UInt16)
    case int16(Int16)
    case uint32(UInt32)
    case int32(Int32)
    case float32(Float)
    case bool(Bool)
    case string(GGUFString)
    case uint64(UInt64)
    case int64(Int64)
    case float64(Double)
    /// Elements of one type, decoded when first asked for.
    case array(GGUFArray)
}
