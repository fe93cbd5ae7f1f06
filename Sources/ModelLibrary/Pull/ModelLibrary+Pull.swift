import Transport

extension ModelLibrary {
    /// What a pull of a model would fetch: an id of the catalog, or a model of the Hugging Face Hub as
    /// ``HubReference`` has it. The Hub is asked unless the model is here already.
    ///
    /// - Throws: ``ModelLibraryError`` if the id is unknown, ``HubError``, `TransportError`, `CancellationError`.
    public func target(of name: String) async throws -> PullTarget {
        guard name.hasPrefix(HubReference.prefix), catalog[name] == nil else {
            let model = try model(name)
            var target = PullTarget(model)
            target.isHere = files(of: model.entry).isWhole
            return target
        }
        let reference = try HubReference(name)
        return try await plan { try $0.target(of: reference) }
    }

    /// What a pull from any server would fetch. It is asked unless the file is here already.
    ///
    /// - Throws: ``WebError``, `TransportError`, `CancellationError`.
    public func target(of file: WebFile) async throws -> PullTarget {
        try await plan { try $0.target(of: file) }
    }

    private func plan(_ work: @escaping @Sendable (PullPlan) throws -> PullTarget) async throws -> PullTarget {
        let (directory, environment, client) = (directories.models, environment, client)
        return try await BlockingThread.run { cancellation in
            try work(
                PullPlan(directory: directory, environment: environment, client: client, cancellation: cancellation))
        }
    }

    /// Fetches a model, or goes on with a pull that was interrupted. A model that is here already is left alone; if
    /// another process pulls it, waits for that.
    ///
    /// - Parameter progress: called from the pull's own thread, at most about ten times a second.
    /// - Throws: ``PullError``, `FileError`, and `CancellationError` when the task is cancelled. What has arrived stays,
    ///   and the next pull goes on from there.
    public func pull(
        _ target: PullTarget, progress: @escaping @Sendable (PullProgress) -> Void
    ) async throws -> PulledModel {
        let (directory, environment, client, freeSpace) = (directories.models, environment, client, freeSpace)
        return try await BlockingThread.run { cancellation in
            let reporter = PullReporter(totalBytes: target.bytes, send: progress)
            return try Pull(
                target: target, directory: directory, environment: environment, client: client, freeSpace: freeSpace,
                reporter: reporter, cancellation: cancellation
            ).run()
        }
    }

    /// Fetches a model that has a name, as ``target(of:)-(String)`` knows them.
    ///
    /// - Returns: the path that opens the model.
    /// - Throws: what ``target(of:)-(String)`` and ``pull(_:progress:)-(PullTarget,_)`` throw.
    public func pull(_ name: String, progress: @escaping @Sendable (PullProgress) -> Void) async throws -> String {
        try await pull(try await target(of: name), progress: progress).path
    }
}
