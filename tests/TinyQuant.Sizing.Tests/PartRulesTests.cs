using TinyQuant.Sizing.Binaries;
using TinyQuant.Sizing.Parts;

namespace TinyQuant.Sizing.Tests;

public sealed class PartRulesTests
{
    private const string Kernels = KernelParts.Prefix + "Kernels_";

    [Theory]
    [InlineData("FieldRvaData", "sized__PrivateImplementationDetails___0F57", Part.Constants)]
    [InlineData("FieldRvaData", "S_P_CoreLib__PrivateImplementationDetails___0F57", Part.Framework)]
    [InlineData("MethodCode", "sized_Baked__Run", Part.GeneratedCode)]
    [InlineData("MethodReadOnlyData", "__readonlydata_sized_Baked__Run", Part.GeneratedCode)]
    [InlineData("MethodCode", "sized_Program___Main__", Part.Program)]
    [InlineData("MethodCode", "S_P_CoreLib_System_Math__ThrowMinMaxException<Int64>", Part.Framework)]
    [InlineData("UnboxingStub", "unbox_Int64__Equals", Part.Framework)]
    [InlineData("DehydratedData", "__dehydrated_data", Part.Types)]
    [InlineData("MethodCode",
        Kernels + "MatrixVector_MatrixVectorKernel__OneBlock<TinyQuant_Runtime_TinyQuant_Kernels_MatrixVector_Dot256_1<TinyQuant_Runtime_TinyQuant_Kernels_MatrixVector_ProductsAvx2>>", Part.Avx2)]
    [InlineData("MethodCode",
        Kernels + "MatrixVector_FewOutputs_4<TinyQuant_Runtime_TinyQuant_Kernels_MatrixVector_DotAvxVnni_1<X>>__Run",
        Part.AvxVnni)]
    [InlineData("MethodCode", Kernels + "Convolution_TileAdvSimd__Block", Part.AdvSimd)]
    [InlineData("MethodCode", Kernels + "MatrixVector_ProductsArmDp__Add", Part.ArmDotProduct)]
    [InlineData("MethodCode", Kernels + "MatrixVector_LastInputs__Add", Part.Int8Products)]
    [InlineData("MethodCode", Kernels + "FloatDot_FloatKernel_2<X>__Four", Part.Float32Products)]
    [InlineData("MethodReadOnlyData", "__readonlydata_" + Kernels + "RequantDouble__RunAvx2", Part.Requantization)]
    [InlineData("MethodCode", Kernels + "FullyConnected__Int4<TinyQuant_Runtime_TinyQuant_Kernels_RequantDouble>",
        Part.Int4Weights)]
    [InlineData("MethodCode", Kernels + "Elements_DynamicRange__Greatest", Part.Quantization)]
    [InlineData("MethodCode", Kernels + "Checks_SpanChecks__Throw", Part.Operators)]
    public void What_the_compiler_made_is_known_by_kind_and_name(string kind, string symbol, Part part) =>
        Assert.Equal(part, new PartRules("sized", "Baked").Of(new BinaryPiece("__managedcode", symbol, kind, 1)));

    [Theory]
    [InlineData(".text", Part.NativeRuntime)]
    [InlineData(".data.rel.ro", Part.NativeRuntime)]
    [InlineData(".eh_frame", Part.Unwinding)]
    [InlineData(".dotnet_eh_table", Part.Unwinding)]
    [InlineData(".rela.dyn", Part.DynamicLinking)]
    [InlineData(".got.plt", Part.DynamicLinking)]
    [InlineData(".note.gnu.build-id", Part.Notes)]
    [InlineData(".comment", Part.Notes)]
    public void What_it_did_not_make_is_known_by_section(string section, Part part) =>
        Assert.Equal(part, new PartRules("sized", "Baked").Of(new BinaryPiece(section, "", null, 1)));

    /// <summary>A unit that is renamed would silently be counted elsewhere.</summary>
    [Fact]
    public void Every_name_is_one_of_the_library()
    {
        string[] types = [
            .. typeof(DotUnits).Assembly.GetTypes()
            .Select(t => t.FullName!.Replace("TinyQuant.", "", StringComparison.Ordinal).Replace('.', '_'))];

        Assert.All(KernelParts.Units.Select(u => u.Type).Concat(KernelParts.Products),
            name => Assert.Contains(types, t => t.Contains(name, StringComparison.Ordinal)));
        Assert.All(KernelParts.Declaring.Select(d => d.Start.Split("__")[0]),
            name => Assert.Contains(types, t => t.StartsWith(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_part_has_a_name_of_its_own() =>
        Assert.Equal(PartNames.All.Count, PartNames.All.Select(p => p.Text()).Distinct().Count());
}
