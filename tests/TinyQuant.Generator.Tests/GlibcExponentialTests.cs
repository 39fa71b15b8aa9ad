namespace TinyQuant.Generator.Tests;

/// <summary>e^x with the bits of glibc's <c>expf</c>, as glibc 2.36 answered on x86-64.</summary>
public class GlibcExponentialTests
{
    [Theory]
    [InlineData(0xbf800000, 0x3ebc5ab2)] // -1
    [InlineData(0x80000000, 0x3f800000)] // -0
    [InlineData(0x9e3ce508, 0x3f800000)] // -1e-20
    [InlineData(0xc2af0000, 0x006cb2bc)] // -87.5, a denormal
    [InlineData(0xc2cff1b4, 0x00000001)] // the last one that is not 0
    [InlineData(0xc2cff5c3, 0x00000000)]
    [InlineData(0xff800000, 0x00000000)] // -infinity
    [InlineData(0xbf598564, 0x3edae769)] // from here on, the nearest float32 is another one
    [InlineData(0xc18abcdc, 0x32fc8ed2)]
    [InlineData(0xc0886351, 0x3c66e394)]
    [InlineData(0xc041478e, 0x3d47e42e)]
    [InlineData(0xbc5a1e2a, 0x3f7c9d50)]
    [InlineData(0xbb2d5e27, 0x3f7f52dd)]
    [InlineData(0xbb673cd0, 0x3f7f192c)]
    [InlineData(0xbedf3d21, 0x3f25882e)]
    [InlineData(0xc253b379, 0x194827ee)]
    [InlineData(0xc09d8b35, 0x3bee674d)]
    public void Known_bits(uint x, uint expected) => Assert.Equal(
        expected, BitConverter.SingleToUInt32Bits(GlibcExponential.Of(BitConverter.UInt32BitsToSingle(x))));
}
