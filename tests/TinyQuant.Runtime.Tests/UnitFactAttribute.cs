using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TinyQuant.Runtime.Tests;

/// <summary>What a unit takes of a processor.</summary>
public enum Takes
{
    Nothing,
    Vector128,
    Vector256,
    Sse41,
    Avx2,
    AvxVnni,
    AdvSimd,
    ArmDotProduct,
    Fma,
    Vector512,
}

/// <summary>
/// A test of a unit, skipped on processors without its instructions, and where a switch takes them away.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnitFactAttribute : FactAttribute
{
    /// <param name="any">One of these is enough.</param>
    public UnitFactAttribute(params Takes[] any) => Skip = Missing(any);

    /// <summary>What is not there; null where one is.</summary>
    internal static string? Missing(params Takes[] any) => any.Any(Has)
        ? null
        : $"This processor has no {string.Join(" or ", any)}, or a switch such as DOTNET_EnableHWIntrinsic=0 "
            + "takes it away.";

    private static bool Has(Takes set) => set switch
    {
        Takes.Nothing => true,
        Takes.Vector128 => Vector128.IsHardwareAccelerated,
        Takes.Vector256 => Vector256.IsHardwareAccelerated,
        Takes.Sse41 => Sse41.IsSupported,
        Takes.Avx2 => Avx2.IsSupported,
        Takes.AvxVnni => AvxVnni.IsSupported,
        Takes.AdvSimd => AdvSimd.Arm64.IsSupported,
        Takes.Fma => Fma.IsSupported && Vector256.IsHardwareAccelerated,
        Takes.Vector512 => Vector512.IsHardwareAccelerated,
        _ => Dp.IsSupported,
    };
}
