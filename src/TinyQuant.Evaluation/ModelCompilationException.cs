namespace TinyQuant.Evaluation;

/// <summary>The model's code could not be generated or compiled; the message holds the diagnostics.</summary>
public sealed class ModelCompilationException(string message) : Exception(message);
