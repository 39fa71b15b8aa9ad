using TinyQuant.Import.Tflite.Schema;

namespace TinyQuant.Import.Tests.Support;

/// <summary>Operators about state, and those that run subgraphs, in a file made by hand.</summary>
internal static class StateModel
{
    private const int IfOptions = 92;
    private const int WhileOptions = 93;
    private const int CallOnceOptions = 103;
    private const int VarHandleOptions = 111;

    /// <summary>A handle of a variable: its tensor.</summary>
    public static int Handle(this FlatModel model, string name, string container = "")
    {
        int handle = model.EmptyHandle("handle");
        (int, object)[] options = [(0, model.Text(container)), (1, model.Text(name))];
        model.Operator(BuiltinOperator.VAR_HANDLE, [], [handle], VarHandleOptions, options: options);
        return handle;
    }

    /// <summary>A tensor for a handle that something else makes.</summary>
    public static int EmptyHandle(this FlatModel model, string name) => model.Tensor(name, TfliteType.Resource, []);

    public static void Assign(this FlatModel model, int handle, int value) =>
        model.Operator(BuiltinOperator.ASSIGN_VARIABLE, [handle, value], []);

    public static void Read(this FlatModel model, int handle, int output) =>
        model.Operator(BuiltinOperator.READ_VARIABLE, [handle], [output]);

    public static void CallOnce(this FlatModel model, int subgraph) =>
        model.Operator(BuiltinOperator.CALL_ONCE, [], [], CallOnceOptions, options: (0, subgraph));

    public static void If(this FlatModel model, int[] inputs, int[] outputs, int then, int otherwise) =>
        model.Operator(BuiltinOperator.IF, inputs, outputs, IfOptions, options: [(0, then), (1, otherwise)]);

    public static void While(this FlatModel model, int[] inputs, int[] outputs, int condition, int body) =>
        model.Operator(BuiltinOperator.WHILE, inputs, outputs, WhileOptions, options: [(0, condition), (1, body)]);

    /// <summary>A subgraph that assigns a variable some int8 codes, for CALL_ONCE.</summary>
    public static int Initialization(this FlatModel model, string name, byte[] codes)
    {
        int handle = model.Handle(name);
        int value = model.Tensor("initial", TfliteType.Int8, [codes.Length], [0.25f], [0], data: codes);
        model.Assign(handle, value);
        return model.EndSubgraph([], []);
    }

    /// <summary>A subgraph of one operator, from int8 [1,4] to the same.</summary>
    public static int Simple(this FlatModel model, BuiltinOperator code)
    {
        int a = model.Int8("a", 1, 4), b = model.Int8("b", 1, 4);
        model.Operator(code, [a], [b]);
        return model.EndSubgraph([a], [b]);
    }
}
