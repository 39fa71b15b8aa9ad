using TinyQuant.Native.Tests.Support;
using TinyQuant.Sizing.Binaries;
using TinyQuant.Sizing.Parts;

namespace TinyQuant.Native.Tests;

/// <summary>The published program, cut into parts as <c>tinyquant size</c> does.</summary>
public sealed class SizeTests
{
    private const long PackedWeights = 31_360 + 7_840; // dynamic and int8 weights are the same bytes, and stand once

    [NativeMapFact]
    public void Its_parts_and_its_sections_add_up_to_the_file()
    {
        var program = NativeBinary.Read(Binaries.HostNano, Binaries.HostNano + ".dbg", Binaries.HostNanoMap);
        var breakdown = Breakdown.Of(program, new PartRules("nano", "Fp32Model", "DynamicModel", "Int8Model"));

        Assert.Equal(new FileInfo(Binaries.HostNano).Length, breakdown.Length);
        Assert.Equal(breakdown.Length, breakdown.Parts.Values.Sum());
        Assert.Equal(breakdown.Length, breakdown.Sections.Values.Sum());
        Assert.InRange(breakdown.Parts[Part.Alignment], 0, breakdown.Length / 50);
        // and the pictures of the self-test
        Assert.InRange(breakdown.Parts[Part.Constants], PackedWeights, 2 * PackedWeights);
        Assert.All([Part.GeneratedCode, Part.Requantization, Part.Quantization, Part.Float32Products],
            part => Assert.True(breakdown.Parts[part] > 0));
    }
}
