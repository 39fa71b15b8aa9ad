using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant;
using TinyQuant.Kernels.Units;
using TinyQuant.UnitCheck;

// Every unit of this processor against the scalar one, in the binary that ships: run natively, and under an emulator
// for processors that are not at hand. Prints which units ran; 1 if one differs.
Console.WriteLine($"int8: {DotUnits.Int8}; float32: {DotUnits.Float32}");
Check check = new();
check.Unit<DotScalar, DotScalar.Sums, DotScalar.Inputs>(true, full: true);
check.Unit<Dot128<ProductsVector128>, Halves<int>, Halves<sbyte>>(Vector128.IsHardwareAccelerated, full: true);
check.Unit<Dot128<ProductsSse41>, Halves<int>, Halves<sbyte>>(Sse41.IsSupported, full: false);
check.Unit<Dot256<ProductsAvx2>, Vector256<int>, Vector256<sbyte>>(Avx2.IsSupported, full: false);
check.Unit<Dot256<ProductsAvx2Wide>, Vector256<int>, Vector256<sbyte>>(Avx2.IsSupported, full: true);
check.Unit<DotAvxVnni<VnniCodes<VnniInstruction>>, VnniSums, Vector256<byte>>(AvxVnni.IsSupported, full: true, pixels: false);
check.Unit<DotAvxVnni<VnniPixels<VnniInstruction>>, VnniSums, Vector256<byte>>(AvxVnni.IsSupported, full: true, codes: false);
check.Unit<DotAvxVnni<VnniCodes<EmulatedVnniInstruction>>, VnniSums, Vector256<byte>>(Avx2.IsSupported, full: true, pixels: false, emulated: true);
check.Unit<DotAvxVnni<VnniPixels<EmulatedVnniInstruction>>, VnniSums, Vector256<byte>>(Avx2.IsSupported, full: true, codes: false, emulated: true);
check.Unit<DotAdvSimd, DotAdvSimd.Sums, Halves<sbyte>>(AdvSimd.Arm64.IsSupported, full: false);
check.Unit<Dot128<ProductsArmDp>, Halves<int>, Halves<sbyte>>(Dp.IsSupported, full: true);
check.Requantizations();
check.Dynamic();
check.Heap();
return check.Failures == 0 ? 0 : 1;
