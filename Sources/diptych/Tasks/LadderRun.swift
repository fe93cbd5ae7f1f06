import Evaluation
import Foundation
import InferenceCore
import ModelLibrary
import Tasks

/// Does what the command line of `ladder` says.
struct LadderRun: Sendable {
    private let command: LadderCommand
    private let text: [UInt8]
    private let mixes: [QuantizationMix]?
    private let runtime: Runtime

    init(_ command: LadderCommand, text: [UInt8], mixes: [QuantizationMix]?) {
        self.command = command
        self.text = text
        self.mixes = mixes
        runtime = Runtime(threads: command.threads)
    }

    /// - Throws: what opening, making and measuring throw; what was done until then is kept.
    func perform() async throws -> Ladder {
        let library = try ModelLibrary(environment: .process)
        let models = try command.models.map { try ResolvedModel(argument: $0) }
        // The widest is the largest: of equal ones, the one that was named first.
        let bytes = models.map { ModelChoice.local($0).size }
        let order = models.indices.sorted { (-bytes[$0], $0) < (-bytes[$1], $1) }
        let widest = models[order[0]]
        let hash = try await onOwnThread { try library.fingerprint(of: widest)?.sha256 ?? widest.path }
        let leader = try await leader(widest.path)
        let plan = LadderPlan(
            chunks: min(command.chunks ?? leader.chunks.count, leader.chunks.count), rounds: command.rounds)
        // Everything that figures depend on, but for the file itself.
        let setting = Fingerprint(
            hash, Fingerprint(String(decoding: text, as: UTF8.self)).text, "\(command.chunkLength)",
            "\(runtime.threads)"
        ).text
        var notes: [String] = []
        if models.count > 1 {
            let entrants = try order.map { index in
                let model = models[index]
                let own = try library.fingerprint(of: model)?.sha256 ?? model.path
                return entrant(
                    model.name, bytes: bytes[index], fingerprint: Fingerprint("ladder", setting, own).text,
                    leader: leader
                ) { index == order[0] ? nil : model.path }
            }
            return try await measure(entrants, widest, plan, notes)
        }
        let files = try await onOwnThread { [runtime, command] in
            try LadderFiles(widest, runtime: runtime, keptIn: command.keep, fingerprint: hash)
        }
        defer { files.clear() }
        if files.startsRounded {
            notes.append(
                "The widest file is quantized itself (\(leader.session.model.formatName)): the narrower ones are made of "
                    + "weights that were rounded before, and lose more than they would from the original.")
        }
        let formats = try await onOwnThread { [mixes] in try mixes ?? files.narrowerFormats() }
        guard !formats.isEmpty else {
            throw CommandFailure(
                message: "\(widest.path): none of the usual formats is narrower; name some with --formats")
        }
        let wider = try await onOwnThread { try formats.filter { try files.share(of: $0) >= 1 }.map(\.rawValue) }
        if !wider.isEmpty {
            notes.append(
                "No narrower than the file itself: \(wider.joined(separator: ", ")). What such a file loses is what "
                    + "rounding anew costs.")
        }
        var entrants = [
            entrant(
                leader.session.model.formatName, bytes: bytes[0],
                fingerprint: Fingerprint("ladder", setting, hash).text, leader: leader
            ) { nil }
        ]
        for mix in formats {
            entrants.append(
                entrant(
                    mix.rawValue, bytes: nil, fingerprint: Fingerprint("ladder", setting, hash, mix.rawValue).text,
                    leader: leader
                ) { try await make(mix, files) })
        }
        return try await measure(entrants, widest, plan, notes)
    }

    private func leader(_ path: String) async throws -> LadderLeader {
        try await onOwnThread { [self] in
            try LadderLeader(
                path: path, runtime: runtime, text: text, chunkLength: command.chunkLength)
        }
    }

    /// - Parameter path: where the file is, once it is needed; nil for the leader's own.
    private func entrant(
        _ name: String, bytes: Int?, fingerprint: String, leader: LadderLeader,
        path: @escaping @Sendable () async throws -> String?
    ) -> Entrant {
        let profile = SolverProfile(name: name, kind: .model, bytes: bytes, fingerprint: fingerprint)
        let runtime = runtime
        return Entrant(profile) {
            guard let path = try await path() else {
                return LadderSolver(LadderSession(leader.session, leader: leader), profile: profile)
            }
            let session = try await onOwnThread {
                try Session(
                    model: Model(path: path, runtime: runtime), contextLength: leader.session.contextLength)
            }
            return LadderSolver(LadderSession(session, leader: leader), profile: profile)
        }
    }

    private func make(_ mix: QuantizationMix, _ files: LadderFiles) async throws -> String {
        let cancellation = InterruptFlag()
        return try await withTaskCancellationHandler {
            try await onOwnThread {
                let status = StatusLine(output: .standardError)
                defer { status.clear() }
                return try files.make(mix, isCancelled: { cancellation.isRaised }) { status.show($0) }
            }
        } onCancel: {
            cancellation.raise()
        }
    }

    private func measure(
        _ entrants: [Entrant], _ widest: ResolvedModel, _ plan: LadderPlan, _ notes: [String]
    ) async throws -> Ladder {
        let run = EvaluationRun(
            task: "ladder", title: widest.name, entrants: entrants, examples: plan.examples, judge: ==)
        let results = try await TaskRun(run, record: command.record, data: widest.path).perform()
        return Ladder(
            title: widest.name, results: results, plan: plan, limit: command.within / 100, notes: notes)
    }
}
