extension GGUFWriter {
    /// The file in so many parts, as llama.cpp's gguf-split writes them: the keys in the first one, each tensor in one.
    ///
    /// - Parameter isFirstEmpty: whether the first part has no tensors (`--no-tensor-first-split`).
    public func split(into count: Int, isFirstEmpty: Bool = false) -> [GGUFWriter] {
        let homes = isFirstEmpty ? count - 1 : count
        return (0..<count).map { index in
            var part = GGUFWriter()
            part.version = version
            if index == 0 { part.pairs = pairs }
            part["split.no"] = .uint16(UInt16(index))
            part["split.count"] = .uint16(UInt16(count))
            part["split.tensors.count"] = .int32(Int32(tensors.count))
            let home = index - (count - homes)
            if home >= 0 {
                part.tensors = Array(tensors[tensors.count * home / homes..<tensors.count * (home + 1) / homes])
            }
            return part
        }
    }
}
