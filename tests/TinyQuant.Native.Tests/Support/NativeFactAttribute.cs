using TinyQuant.Data;

namespace TinyQuant.Native.Tests.Support;

/// <summary>A test on the published binary of this machine, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute() => Skip = Binaries.MissingReason(Binaries.HostNano);
}

/// <summary>A test of many cases on the published binary of this machine, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeTheoryAttribute : TheoryAttribute
{
    public NativeTheoryAttribute() => Skip = Binaries.MissingReason(Binaries.HostNano);
}

/// <summary>A test on the binaries of this machine with and without models, skipped where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeSizeFactAttribute : FactAttribute
{
    public NativeSizeFactAttribute() => Skip =
        Binaries.MissingReason(Binaries.HostNano) ?? Binaries.MissingReason(Binaries.HostNanoWithoutModels);
}

/// <summary>A test on the published binary, its symbols and its map, skipped where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeMapFactAttribute : FactAttribute
{
    public NativeMapFactAttribute() => Skip = Binaries.MissingReason(Binaries.HostNano)
        ?? Binaries.MissingReason(Binaries.HostNano + ".dbg") ?? Binaries.MissingReason(Binaries.HostNanoMap);
}

/// <summary>A test of the published binary on the real MNIST, skipped where either is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeMnistFactAttribute : FactAttribute
{
    public NativeMnistFactAttribute() => Skip = Binaries.MissingReason(Binaries.HostNano)
        ?? (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(DataSetOptions.EnvironmentVariable))
            ? $"Set {DataSetOptions.EnvironmentVariable} to a directory with MNIST to run it."
            : null);
}
