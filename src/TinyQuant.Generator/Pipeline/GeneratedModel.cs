namespace TinyQuant.Generator;

/// <summary>The two files of a model, or the errors that kept it from being generated.</summary>
/// <param name="Shape">The type they belong to.</param>
/// <param name="Code">Constants and methods; empty where there are <paramref name="Collisions"/>.</param>
/// <param name="Weights">The baked weights; empty where there are errors.</param>
/// <param name="Cost">What it costs; null where there are errors.</param>
/// <param name="Errors">Errors of lowering; those of the file and the target are reported by their own steps.</param>
/// <param name="Collisions">What of the user's has the name of something that would be generated:
/// <see cref="MemberCollisions"/>.</param>
internal sealed record GeneratedModel(
    TargetShape Shape, string Code, string Weights, ModelCost? Cost, EquatableArray<DiagnosticInfo> Errors,
    EquatableArray<string> Collisions);
