import EngineTestSupport
import Foundation
import Testing

extension ModelRecipe {
    /// Writes the model as config.json and model.safetensors, without a tokenizer.
    func write(to target: TemporaryFolder) throws -> String {
        let folder = try #require(folder)
        let seed = try #require(Self.fixture).seed
        let sources = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) })
        var entries: [SafetensorsWriter.Tensor] = []
        for tensor in folder.tensors {
            let source = try #require(sources[tensor.from])
            entries.append(
                tensor.made(from: source.weights(seed: seed), shape: source.shape.reversed().map { Int($0) }))
        }
        let path = try target.write(Array(folder.config.utf8), as: "config.json")
        _ = try target.write(SafetensorsWriter(tensors: entries).bytes, as: "model.safetensors")
        return URL(filePath: path).deletingLastPathComponent().path
    }
}

extension ModelRecipe.Folder.Tensor {
    /// - Parameter shape: slowest first.
    fileprivate func made(from values: [Float], shape: [Int]) -> SafetensorsWriter.Tensor {
        let columns = shape.last ?? 1
        let rows = values.count / columns
        switch change {
        case "less one": return .init(name: name, shape: shape, floats: values.map { $0 - 1 })
        case "transposed":
            let turned = (0..<columns).flatMap { column in (0..<rows).map { values[$0 * columns + column] } }
            return .init(name: name, shape: [columns, rows], floats: turned)
        case "unpermuted":
            // In GGUF files the rows of a head are 0, half, 1, half + 1 … of the original.
            let size = rows / (heads ?? 1)
            let order = (0..<rows).map { row in
                let (head, place) = (row / size * size, row % size)
                return head + (place < size / 2 ? 2 * place : 2 * (place - size / 2) + 1)
            }
            return .init(name: name, shape: shape, floats: order.flatMap { values[$0 * columns..<($0 + 1) * columns] })
        case "part":
            let (part, parts) = (part ?? 0, parts ?? 1)
            let length = values.count / parts
            let partShape = shape[0] == parts ? Array(shape.dropFirst()) : [shape[0] / parts] + shape.dropFirst()
            return .init(name: name, shape: partShape, floats: Array(values[part * length..<(part + 1) * length]))
        default: return .init(name: name, shape: shape, floats: values)
        }
    }
}
