using TinyQuant.Sizing.Binaries;

namespace TinyQuant.Sizing.Parts;

/// <summary>Which part of a program each piece of it belongs to.</summary>
/// <param name="assembly">The program's assembly.</param>
/// <param name="models">The types in it that the generator wrote.</param>
public sealed class PartRules(string assembly, params string[] models)
{
    private static readonly string[] s_tables = [
        ".dotnet_eh_table", ".eh_frame_hdr", ".eh_frame", ".gcc_except_table", ".ARM.exidx"];
    private static readonly string[] s_linking =
    [
        ".interp", ".hash", ".gnu.hash", ".dynsym", ".dynstr", ".gnu.version", ".gnu.version_d", ".gnu.version_r",
        ".rela.dyn", ".rela.plt",
        ".relr.dyn", ".plt", ".plt.got", ".plt.sec", ".dynamic", ".got", ".got.plt",
    ];
    private static readonly string[] s_code = ["MethodCode", "MethodReadOnlyData", "UnboxingStub", "ReadyToRunHelper",
        "TentativeMethod", "TentativeInstanceMethod"];
    private static readonly string[] s_prefixes = ["__readonlydata_", "unbox_"];

    /// <summary>The part of a piece.</summary>
    public Part Of(BinaryPiece piece) => piece switch
    {
        { Section: var s } when s_tables.Contains(s) => Part.Unwinding,
        { Section: var s } when s_linking.Contains(s) => Part.DynamicLinking,
        { Section: ".comment" or ".shstrtab" or ".gnu_debuglink" or ".symtab" or ".strtab" } => Part.Notes,
        { Section: var s } when s.StartsWith(".note", StringComparison.Ordinal) => Part.Notes,
        { Kind: null, Section: not ("__managedcode" or "__unbox") } => Part.NativeRuntime,
        { Kind: "MethodExceptionHandlingInfo" } => Part.Unwinding,
        { Kind: "FieldRvaData", Symbol: var s } => s.StartsWith(
            assembly + "__PrivateImplementationDetails", StringComparison.Ordinal)
            ? Part.Constants
            : OfMethod(s),
        { Kind: null } => OfMethod(piece.Symbol),
        { Kind: var k, Symbol: var s } when s_code.Contains(k) => OfMethod(s),
        _ => Part.Types,
    };

    private Part OfMethod(string symbol)
    {
        string name = s_prefixes.FirstOrDefault(p => symbol.StartsWith(p, StringComparison.Ordinal)) is { } prefix
            ? symbol[prefix.Length..]
            : symbol;
        return name.StartsWith(KernelParts.Prefix, StringComparison.Ordinal)
            ? KernelParts.Of(name[KernelParts.Prefix.Length..])
            : models.Any(m => name.StartsWith($"{assembly}_{m}_", StringComparison.Ordinal)) ? Part.GeneratedCode
            : name.StartsWith(assembly + "_", StringComparison.Ordinal) ? Part.Program
            : Part.Framework;
    }
}
