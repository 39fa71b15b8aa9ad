namespace TinyQuant.Runtime.Tests.Geometry;

/// <summary>
/// A method that makes a random case of public kernels, runs it in guarded memory and compares it with plain loops. It
/// takes one <see cref="GuardedSpans"/>.
/// </summary>
/// <param name="kernels">The kernels it calls, as <c>Type.Method</c>: all overloads of each.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelCaseAttribute(params string[] kernels) : Attribute
{
    public IReadOnlyList<string> Kernels { get; } = kernels;
}
