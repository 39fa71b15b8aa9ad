namespace TinyQuant.Model;

/// <summary>How many tensors an operator reads or writes.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The most; <see cref="int.MaxValue"/> where there is no end.</param>
internal readonly record struct OperandCount(int Min, int Max)
{
    /// <summary>Exactly so many.</summary>
    public static implicit operator OperandCount(int count) => new(count, count);

    /// <summary>So many, or more.</summary>
    public static OperandCount AtLeast(int count) => new(count, int.MaxValue);

    public bool Allows(int count) => count >= Min && count <= Max;

    public override string ToString() => (Min, Max) switch
    {
        _ when Min == Max => Invariant($"{Min}"),
        (_, int.MaxValue) => Invariant($"{Min} or more"),
        _ => Invariant($"{Min} to {Max}"),
    };
}
