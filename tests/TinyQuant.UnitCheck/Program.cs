using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TinyQuant;
using TinyQuant.Kernels.Convolution;
using TinyQuant.Kernels.Depthwise;
using TinyQuant.Kernels.MatrixVector;
using TinyQuant.UnitCheck;

// Every unit of this processor against the scalar one, in the binary that ships: run natively, and under an emulator
// for processors that are not at hand; then every public kernel, as many cases as the argument says. Prints which units
// ran; 1 if one differs.
Console.WriteLine($"int8: {DotUnits.Int8}; float32: {DotUnits.Float32}");
Check check = new();
check.Unit<DotScalar, DotScalar.Sums, DotScalar.Inputs>(true, full: true);
check.Unit<Dot128<ProductsVector128>, Pair128<int>, Pair128<sbyte>>(Vector128.IsHardwareAccelerated, full: true);
check.Unit<Dot128<ProductsSse41>, Pair128<int>, Pair128<sbyte>>(Sse41.IsSupported, full: false);
check.Unit<Dot256<ProductsAvx2>, Vector256<int>, Vector256<sbyte>>(Avx2.IsSupported, full: false);
check.Unit<Dot256<ProductsAvx2Wide>, Vector256<int>, Vector256<sbyte>>(Avx2.IsSupported, full: true);
check.Unit<DotAvxVnni<VnniCodes<VnniInstruction>>, VnniSums, Vector256<byte>>(
    AvxVnni.IsSupported, full: true, pixels: false);
check.Unit<DotAvxVnni<VnniPixels<VnniInstruction>>, VnniSums, Vector256<byte>>(
    AvxVnni.IsSupported, full: true, codes: false);
check.Unit<DotAvxVnni<VnniCodes<EmulatedVnniInstruction>>, VnniSums, Vector256<byte>>(
    Avx2.IsSupported, full: true, pixels: false, emulated: true);
check.Unit<DotAvxVnni<VnniPixels<EmulatedVnniInstruction>>, VnniSums, Vector256<byte>>(
    Avx2.IsSupported, full: true, codes: false, emulated: true);
check.Unit<DotAdvSimd, DotAdvSimd.Sums, Pair128<sbyte>>(AdvSimd.Arm64.IsSupported, full: false);
check.Unit<Dot128<ProductsArmDp>, Pair128<int>, Pair128<sbyte>>(Dp.IsSupported, full: true);
check.Tile<TileScalar>("scalar", true, full: true);
check.Tile<ConvolutionTile<FourBytes128<ProductsVector128>, Pair128<int>, Vector128<sbyte>, Pair128<sbyte>>>(
    "Vector128", Vector128.IsHardwareAccelerated, full: true);
check.Tile<ConvolutionTile<FourBytes128<ProductsSse41>, Pair128<int>, Vector128<sbyte>, Pair128<sbyte>>>(
    "SSE4.1", Sse41.IsSupported, full: false);
check.Tile<ConvolutionTile<FourBytesAvx2, Vector256<int>, MagnitudeAndSign, Vector256<sbyte>>>(
    "AVX2", Avx2.IsSupported, full: false);
check.Tile<ConvolutionTile<FourBytesAvx2Wide, Vector256<int>, EvenAndOdd, EvenAndOdd>>(
    "AVX2 widening", Avx2.IsSupported, full: true);
check.Tile<ConvolutionTile<FourBytesAvxVnni<VnniInstruction>, Vector256<int>, Vector256<byte>, Vector256<sbyte>>>(
    "AVX-VNNI", AvxVnni.IsSupported, full: true);
check.Tile<ConvolutionTile<
        FourBytesAvxVnni<EmulatedVnniInstruction>, Vector256<int>, Vector256<byte>, Vector256<sbyte>>>(
    "AVX-VNNI, emulated", Avx2.IsSupported, full: true);
check.Tile<TileAdvSimd>("AdvSimd", AdvSimd.Arm64.IsSupported, full: false);
check.Tile<TileArmDp>("Arm dot product", Dp.IsSupported, full: true);
check.Depthwise<DepthwiseSse41, Pair128<int>, Pair128<short>>("SSE4.1", Sse41.IsSupported);
check.Depthwise<DepthwiseAvx2, Vector256<int>, Vector256<short>>("AVX2", Avx2.IsSupported);
check.Depthwise<DepthwiseAvxVnni<VnniInstruction>, Vector256<int>, Vector256<sbyte>>("AVX-VNNI", AvxVnni.IsSupported);
check.Depthwise<DepthwiseAvxVnni<EmulatedVnniInstruction>, Vector256<int>, Vector256<sbyte>>(
    "AVX-VNNI, emulated", Avx2.IsSupported);
check.Depthwise<DepthwiseAdvSimd, Pair128<int>, Vector128<short>>("AdvSimd", AdvSimd.Arm64.IsSupported);
check.Depthwise<DepthwiseArmDp, Pair128<int>, Pair128<sbyte>>("Arm dot product", Dp.IsSupported);
check.Requantizations();
check.Dynamic();
check.Sums();
check.Windows();
check.Int4();
check.Heap();
check.Geometry(args.Length == 1
    && int.TryParse(args[0], System.Globalization.CultureInfo.InvariantCulture, out int cases)
    ? cases
    : 10);
return check.Failures == 0 ? 0 : 1;
