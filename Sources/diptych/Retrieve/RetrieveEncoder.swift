import Foundation
import InferenceCore
import ModelLibrary

/// Opens the small model of `retrieve`: a sentence encoder.
struct RetrieveEncoder: Sendable {
    static let usual = "all-minilm-l6-v2"

    let encoder: TextEncoder
    /// By which it is found again: an id, or an absolute path.
    let name: String

    /// - Parameter isForMany: whether its weights are copied into bytes first, which pays where many texts are read.
    /// - Throws: ``CommandFailure``, what the model library and the engine throw.
    static func open(_ argument: String?, runtime: Runtime, isForMany: Bool) async throws -> RetrieveEncoder {
        let argument = argument ?? usual
        let model: ResolvedModel
        do {
            model = try ResolvedModel(argument: argument)
        } catch let error as ModelLibraryError where argument == usual {
            throw CommandFailure(
                message: "\(error); searching by meaning needs a sentence encoder: put the folder of "
                    + "sentence-transformers/all-MiniLM-L6-v2 under that name among the models, or name one")
        }
        let isPath = FileManager.default.fileExists(atPath: argument)
        return RetrieveEncoder(
            encoder: try await onOwnThread {
                try TextEncoder(
                    path: model.path, runtime: runtime, blockFormat: isForMany ? TensorFormat(name: "Q8_0") : nil)
            }, name: isPath ? IndexLocation.absolute(argument) : argument)
    }
}
