using TinyQuant.Tests;

namespace TinyQuant.Native.Tests.Support;

/// <summary>A test of the golden models ahead of time, skipped where the models or the program are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoldenNativeFactAttribute : FactAttribute
{
    public GoldenNativeFactAttribute() => Skip = new GoldenFactAttribute().Skip
        ?? Binaries.MissingReason(Binaries.GoldenCheck(Binaries.HostRid));
}

/// <summary>
/// A test of the golden models on emulated boards, skipped where the models, the program or the emulator are missing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoldenEmulatedTheoryAttribute : TheoryAttribute
{
    public GoldenEmulatedTheoryAttribute() => Skip = new GoldenFactAttribute().Skip
        ?? Binaries.MissingEmulatorReason() ?? Binaries.MissingReason(Binaries.GoldenCheck(Binaries.Arm64));
}

/// <summary>A test of the golden models under the JIT, skipped where the models or the program are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoldenJitTheoryAttribute : TheoryAttribute
{
    public GoldenJitTheoryAttribute() => Skip = new GoldenFactAttribute().Skip
        ?? Binaries.MissingReason(Binaries.GoldenCheckAssembly);
}
