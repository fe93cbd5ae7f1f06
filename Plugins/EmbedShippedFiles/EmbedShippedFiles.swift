import Foundation
import PackagePlugin

/// Compiles the shipped YAML files in, so that the program finds them wherever it is moved.
///
/// The target's `Shipped` folder links to the folders at the top of the package. SwiftPM watches a target's folders,
/// links included, so a file that is added, renamed or removed there is noticed by the next build.
@main
struct EmbedShippedFiles: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let shipped = target.directoryURL.appending(path: "Shipped")
        let names = children(of: shipped).flatMap { folder in
            children(of: shipped.appending(path: folder))
                .filter { $0.hasSuffix(".yaml") }
                .map { "\(folder)/\($0)" }
        }
        let script = context.package.directoryURL.appending(path: "Plugins/EmbedShippedFiles/embed.sh")
        let output = context.pluginWorkDirectoryURL.appending(path: "ShippedFiles+BuiltIn.swift")
        return [
            .buildCommand(
                displayName: "Embedding the shipped files",
                executable: URL(filePath: "/bin/sh"),
                arguments: [script.path(), output.path(), shipped.path()] + names,
                inputFiles: [script] + names.map { shipped.appending(path: $0) },
                outputFiles: [output])
        ]
    }

    /// A link whose folder is missing ships nothing.
    private func children(of folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []).sorted()
    }
}
