using System.Text;
using TinyQuant.Sizing.Binaries;
using TinyQuant.Sizing.Parts;
using TinyQuant.Sizing.Tests.Support;

namespace TinyQuant.Sizing.Tests;

/// <summary>A program with two methods, a blob of weights, and something of the native runtime behind it.</summary>
public sealed class NativeBinaryTests
{
    private const string Weights = "sized__PrivateImplementationDetails___A1";
    private const string Kernel = "TinyQuant_Runtime_TinyQuant_Kernels_MatrixVector_MatrixVectorKernel__Run<TinyQuant_Runtime_TinyQuant_Kernels_MatrixVector_DotAvxVnni_1<X>>";

    private static readonly CompilerMap s_map = Map($"""
        <MethodCode Name="sized_Baked__Run" Length="30" />
        <GCInfo Name="sized_Baked__Run" Length="7" />
        <MethodCode Name="{Kernel.Replace("<", "&lt;", StringComparison.Ordinal)}" Length="20" />
        <FieldRvaData Name="{Weights}" Length="100" />
        """);

    [Fact]
    public void Every_byte_belongs_to_the_symbol_before_it()
    {
        NativeBinary program = Read(Program(), Program());

        Assert.Equal(
            [
                new BinaryPiece("__managedcode", "sized_Baked__Run", "MethodCode", 32),
                new BinaryPiece("__managedcode", Kernel, "MethodCode", 28),
                new BinaryPiece(".rodata", "", null, 8), // before the first symbol
                new BinaryPiece(".rodata", Weights, "FieldRvaData", 100),
                new BinaryPiece(".rodata", "", null, 92), // too far behind the weights to be padding
            ],
            program.Pieces.Take(5));
        Assert.Equal(5, program.PaddingBytes);
        Assert.Equal(program.Length, program.Pieces.Sum(p => p.Bytes) + program.HeaderBytes + program.PaddingBytes);
    }

    [Fact]
    public void Parts_and_sections_add_up_to_the_file()
    {
        var breakdown = Breakdown.Of(Read(Program(), Program()), new PartRules("sized", "Baked"));

        Assert.Equal(breakdown.Length, breakdown.Parts.Values.Sum());
        Assert.Equal(breakdown.Length, breakdown.Sections.Values.Sum());
        Assert.Equal((100, 32, 28, 100),
            (breakdown.Parts[Part.Constants], breakdown.Parts[Part.GeneratedCode], breakdown.Parts[Part.AvxVnni],
                breakdown.Parts[Part.NativeRuntime]));
    }

    [Fact]
    public void Symbols_of_another_program_are_told()
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() =>
            Read(Program(), new ElfMaker().Section("__managedcode", 0x1000, 61).Make()));
        Assert.Contains("__managedcode", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_overlap_are_told()
    {
        byte[] file = Program();
        byte[] damaged = [.. file];
        int headers = BitConverter.ToInt32(file, 40);
        damaged[headers + 64 + 32] += 6; // the first section's size: there are 5 bytes before the second

        Assert.Throws<InvalidDataException>(() => Read(damaged, damaged));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<ObjectNodes/>")]
    [InlineData("<ObjectNodes><MethodCode Name=\"a\" Length=\"many\"/></ObjectNodes>")]
    public void What_is_no_map_is_told(string text)
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() =>
            CompilerMap.Parse(new MemoryStream(Encoding.UTF8.GetBytes(text)), "a.map.xml"));
        Assert.StartsWith("'a.map.xml' is no map of the NativeAOT compiler", e.Message, StringComparison.Ordinal);
    }

    private static byte[] Program() => new ElfMaker()
        .Section("__managedcode", 0x1000, 60).Symbol("sized_Baked__Run", 0x1000).Symbol("$x", 0x1004)
        .Symbol(Kernel, 0x1020).Symbol(
            "alias", 0x1020)
        .Section(".rodata", 0x2000, 200, gap: 5).Symbol(Weights, 0x2008)
        .Zeros(".bss", 0x3000, 1000)
        .Make();

    private static CompilerMap Map(string nodes) =>
        CompilerMap.Parse(new MemoryStream(Encoding.UTF8.GetBytes($"<ObjectNodes>{nodes}</ObjectNodes>")), "map");

    private static NativeBinary Read(byte[] program, byte[] symbols) =>
        NativeBinary.Create(ElfFile.Parse(program, "program"), ElfFile.Parse(symbols, "symbols"), s_map);
}
