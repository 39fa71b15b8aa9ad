namespace TinyQuant.Generator;

/// <summary>Names of the pipeline's steps, for the tests that prove what is cached.</summary>
internal static class TrackingNames
{
    public const string Targets = nameof(Targets);
    public const string ModelFiles = nameof(ModelFiles);
    public const string Joined = nameof(Joined);
    public const string Lowered = nameof(Lowered);
    public const string Code = nameof(Code);
    public const string Weights = nameof(Weights);
}
