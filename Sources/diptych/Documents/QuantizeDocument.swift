import Chat
import Foundation
import InferenceCore

/// What `quantize --json` writes.
struct QuantizeDocument: JSONDocument {
    struct Tensor: Codable, Sendable {
        let name: String
        let source: String
        let format: String
        /// Whether rows weren't whole blocks of the wanted format.
        let isFallback: Bool
        let bytesBefore: Int
        let bytesAfter: Int
        /// Root mean square of the change relative to that of the values; absent where the tensor was copied.
        let relativeError: Double?
    }

    var schema = 1
    let input: String
    let output: String
    let format: String
    var fileBytesBefore = 0
    var fileBytesAfter = 0
    var perplexityBefore: Double?
    var perplexityAfter: Double?
    var tensors: [Tensor] = []

    init(input: String, output: String, format: String) {
        self.input = input
        self.output = output
        self.format = format
    }

    mutating func add(_ result: Quantizer.TensorResult) {
        tensors.append(
            Tensor(
                name: result.name, source: result.source, format: result.format, isFallback: result.isFallback,
                bytesBefore: result.bytesBefore, bytesAfter: result.bytesAfter, relativeError: result.relativeError))
    }

    /// The document for people.
    var text: String {
        var table = TextTable()
        table.add("tensor", "from", "to", "before", "after", "relative error")
        for tensor in tensors {
            table.add(
                tensor.name.onOneLine, tensor.source, tensor.isFallback ? "\(tensor.format) *" : tensor.format,
                FigureText.bytes(tensor.bytesBefore), FigureText.bytes(tensor.bytesAfter),
                tensor.relativeError.map { String(format: "%.2f %%", 100 * $0) } ?? "copied")
        }
        var lines = [table.text]
        if tensors.contains(where: \.isFallback) {
            lines.append("* rows aren't whole blocks of what \(format) asks for\n")
        }
        let share = 100 * Double(fileBytesAfter) / Double(max(1, fileBytesBefore))
        lines.append(
            "\(FigureText.bytes(fileBytesBefore)) -> \(FigureText.bytes(fileBytesAfter)) "
                + "(\(String(format: "%.0f", share)) %)\n")
        if let before = perplexityBefore, let after = perplexityAfter {
            lines.append(
                String(format: "perplexity %.4f -> %.4f (%+.2f %%)\n", before, after, 100 * (after / before - 1)))
        }
        return lines.joined()
    }
}
