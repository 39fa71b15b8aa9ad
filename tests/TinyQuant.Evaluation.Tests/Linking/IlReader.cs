using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace TinyQuant.Evaluation.Tests.Linking;

/// <summary>What a method's instructions name: methods, types and fields, with their type arguments.</summary>
internal static class IlReader
{
    private static readonly FrozenDictionary<short, OpCode> s_codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (OpCode)f.GetValue(null)!)
        .ToFrozenDictionary(c => c.Value);

    /// <summary>Each member, and the type that a call of an interface is constrained to; null for none.</summary>
    public static IEnumerable<(MemberInfo Member, Type? Constrained)> Members(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[]? ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        Type? constrained = null;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE)
            {
                value = (short)((value << 8) | code[at++]);
            }

            OpCode op = s_codes[value];
            int operand = at;
            at += Size(op, code, at);
            if (op.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
                or OperandType.InlineTok)
            {
                int token = BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(operand));
                MemberInfo member = method.Module.ResolveMember(token, ofType, ofMethod)!;
                if (op == OpCodes.Constrained)
                {
                    constrained = (Type)member;
                    continue;
                }

                yield return (member, constrained);
            }

            constrained = op.OpCodeType == OpCodeType.Prefix ? constrained : null;
        }
    }

    private static int Size(OpCode op, byte[] code, int at) => op.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at))),
        _ => 4,
    };
}
