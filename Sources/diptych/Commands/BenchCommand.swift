import ArgumentParser
import Chat
import Foundation
import InferenceCore
import ModelLibrary

/// `diptych bench`: how fast one model is on this machine.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure a model's prefill and decode speed, load time and memory.",
        discussion: """
            The tokens are fixed and pseudo-random; sampling and text stay out of the times. What is computed once \
            before everything is timed warms the weights up.
            """
    )

    @Argument(help: "A .gguf file, or an id that `diptych models list` shows.")
    var model: String

    @Option(name: .customShort("p"), help: ArgumentHelp("Prefill so many tokens; 0 leaves it out.", valueName: "n"))
    var prefill = 512

    @Option(name: .customShort("n"), help: ArgumentHelp("Decode so many tokens; 0 leaves it out.", valueName: "n"))
    var decode = 64

    @Option(name: .customShort("r"), help: ArgumentHelp("Measure so many times.", valueName: "n"))
    var rounds = 5

    @Option(help: ArgumentHelp("Tokens that are in the KV cache before.", valueName: "tokens"))
    var depth = 0

    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup var output: OutputArguments

    func validate() throws {
        guard (0...(1 << 20)).contains(prefill), (0...(1 << 20)).contains(decode), prefill + decode > 0 else {
            throw ValidationError("-p and -n must be from 0 to \(1 << 20), and not both 0.")
        }
        guard (0...(1 << 20)).contains(depth) else {
            throw ValidationError("--depth must be from 0 to \(1 << 20), not \(depth).")
        }
        guard (1...1000).contains(rounds) else {
            throw ValidationError("-r must be from 1 to 1000, not \(rounds).")
        }
    }

    func run() async throws {
        let path = try ResolvedModel(argument: model).path
        let document = try await cancellableByInterrupt { try await measure(path) }
        try Output.standard.write(output.isJSON ? document.encoded() : document.text)
    }

    private func measure(_ path: String) async throws -> BenchDocument {
        let needed = depth + max(prefill, decode) + 1
        let engine = engine
        let start = ContinuousClock.now
        let session = try await onOwnThread {
            let model = try Model(path: path, runtime: Runtime(threads: engine.threads))
            let enough = min(max(needed, 2048), model.shape.contextLength)
            return try Session(
                model: model, contextLength: engine.contextLength ?? max(needed, enough),
                cacheFormat: engine.cacheFormat)
        }
        let load = ContinuousClock.now - start
        var times: (prefill: [Duration], decode: [Duration]) = ([], [])
        if prefill > 0 { _ = try await session.measure(.prefill, tokens: min(prefill, 512), depth: depth) }
        if decode > 0 { _ = try await session.measure(.decode, tokens: 2, depth: depth) }
        for _ in 0..<rounds {
            if prefill > 0 { times.prefill.append(try await session.measure(.prefill, tokens: prefill, depth: depth)) }
            if decode > 0 { times.decode.append(try await session.measure(.decode, tokens: decode, depth: depth)) }
        }
        return BenchDocument(
            model: session.model.path, format: session.model.formatName, threads: session.model.runtime.threads,
            variant: Runtime.processorVariant, cache: engine.cacheFormat.rawValue, contextLength: session.contextLength,
            depth: depth, loadMs: load.millisecondsForJSON,
            prefill: BenchDocument.Speed(tokens: prefill, times: times.prefill),
            decode: BenchDocument.Speed(tokens: decode, times: times.decode),
            memory: BenchDocument.Memory(session.memory(), peakResident: SystemMemory.peakResident))
    }
}
