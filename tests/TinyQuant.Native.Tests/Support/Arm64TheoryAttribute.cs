namespace TinyQuant.Native.Tests.Support;

/// <summary>A test on emulated arm64 processors, skipped where the binaries or the emulator are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class Arm64TheoryAttribute : TheoryAttribute
{
    public Arm64TheoryAttribute() => Skip = Binaries.MissingEmulatorReason()
        ?? Binaries.MissingReason(Binaries.Nano(Binaries.Arm64))
        ?? Binaries.MissingReason(Binaries.HostNano)
        ?? Binaries.MissingReason(Binaries.Arm64UnitCheck);
}
