import Chat

/// A ``PaneOpening`` as its line has it.
struct PaneOpeningFields: Codable {
    var pane: Count
    var atUs: Microseconds
    var role: PaneRole?
    var model: String
    var profile: ProfileFields
    var file: RecordedModelFile?
    var parameters: PaneParameters

    init(_ opening: PaneOpening) {
        pane = Count(opening.pane)
        atUs = Microseconds(opening.at)
        role = opening.role
        model = opening.model
        profile = ProfileFields(opening.profile)
        file = opening.file
        parameters = opening.parameters
    }

    var opening: PaneOpening {
        PaneOpening(
            pane: pane.value, at: atUs.duration, role: role, model: model, profile: profile.profile, file: file,
            parameters: parameters)
    }
}

/// A `ModelProfile` as a line has it.
struct ProfileFields: Codable {
    var name: String
    var architecture: String
    var format: String
    var parameterCount: Count
    var fileBytes: Count
    var contextLength: Count
    var hasChatTemplate: Bool
    var loadUs: Microseconds
    var threads: Count

    init(_ profile: ModelProfile) {
        name = profile.name
        architecture = profile.architecture
        format = profile.format
        parameterCount = Count(profile.parameterCount)
        fileBytes = Count(profile.fileBytes)
        contextLength = Count(profile.contextLength)
        hasChatTemplate = profile.hasChatTemplate
        loadUs = Microseconds(profile.loadDuration)
        threads = Count(profile.threads)
    }

    var profile: ModelProfile {
        ModelProfile(
            name: name, architecture: architecture, format: format, parameterCount: parameterCount.value,
            fileBytes: fileBytes.value, contextLength: contextLength.value, hasChatTemplate: hasChatTemplate,
            loadDuration: loadUs.duration, threads: threads.value)
    }
}

struct PaneClosedFields: Codable {
    var pane: Count
    var atUs: Microseconds
}
