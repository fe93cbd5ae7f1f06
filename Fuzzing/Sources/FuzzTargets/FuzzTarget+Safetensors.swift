import InferenceCore

extension FuzzTarget {
    /// Opens a file of weights and reads every tensor.
    static let safetensors = FuzzTarget(
        "safetensors",
        words: [
            "{\"", "\":{", "\"dtype\":", "\"shape\":[", "\"data_offsets\":[", "__metadata__", "\"F32\"", "\"BF16\"",
            "\"F4\"", "\"BOOL\"", "},", "-1", "0,", "4611686018427387904", "9223372036854775807", "1e3",
            "\0\0\0\0\0\0\0\0", "\u{7F}\0\0\0\0\0\0\0",
        ]
    ) { bytes in
        do throws(SafetensorsError) {
            let file = try SafetensorsFile(mapping: MappedFile(copying: bytes, path: "fuzz.safetensors"))
            for tensor in file.tensors {
                let contents = file.bytes(of: tensor)
                require(contents.count == tensor.range.count, "a tensor that is cut short")
                _ = contents.reduce(0 as UInt8, ^)
            }
            return true
        } catch {
            require(!error.description.contains("\n"), "an error of more than one line")
            return false
        }
    }
}
